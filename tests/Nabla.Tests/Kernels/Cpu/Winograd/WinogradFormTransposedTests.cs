using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradFormTransposedTests
{
    [Fact]
    public void ItsLinesAreThoseOfFourOutputs()
    {
        var from = stackalloc float[24];
        for (var i = 0; i < 24; i++)
        {
            from[i] = (i * 7 % 11) - 5;
        }

        Same<WinogradInputLine<WinogradFormTransposed>, WinogradInputLine<WinogradForm4>>();
        Same<WinogradWeightLine<WinogradFormTransposed>, WinogradWeightLine<WinogradForm4>>();
        Same<WinogradOutputLine<WinogradFormTransposed>, WinogradOutputLine<WinogradForm4>>();

        void Same<TLine, TOther>()
            where TLine : struct, IWinogradLine
            where TOther : struct, IWinogradLine
        {
            var actual = stackalloc float[24];
            var expected = stackalloc float[24];
            TLine.Run<ConvVector128>(from, 4, actual, 4);
            TOther.Run<ConvVector128>(from, 4, expected, 4);
            Assert.True(
                new Span<float>(expected, 4 * TOther.To)
                    .SequenceEqual(new Span<float>(actual, 4 * TLine.To)));
        }
    }
}
