using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class WinogradWeightGradTests
{
    [Theory]
    [MemberData(nameof(WinogradCases.Shapes), MemberType = typeof(WinogradCases))]
    [MemberData(nameof(WinogradCases.Fives), MemberType = typeof(WinogradCases))]
    [MemberData(nameof(WinogradCases.Strided), MemberType = typeof(WinogradCases))]
    public void TheGradientIsTheDefinition(Conv2dShape shape) => CheckAllWidths(shape);

    [Fact]
    public void TilesOfManyBlocksAddUp() =>
        CheckAllWidths(new(9, 16, 60, 60, 16, 3, 3, 1, 1, 1, 1, 1, 1, 1));

    private static void CheckAllWidths(Conv2dShape shape)
    {
        var sample = new Conv2dCase(shape, seed: 3);
        var expected = sample.Reference().Gw;
        WinogradCases.EveryWidth(
            Check<ConvVector128>, Check<ConvVector256>, Check<ConvVector512>);

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (shape.R == WinogradForm2.Taps)
            {
                CheckForm<V, WinogradForm2>();
                return;
            }
            if (shape.StrideH == WinogradFormStrided.Stride)
            {
                CheckForm<V, WinogradFormStrided>();
                return;
            }
            CheckForm<V, WinogradForm3>();
            CheckForm<V, WinogradForm4>();
        }

        void CheckForm<V, F>()
            where V : unmanaged, IConvVector<V>
            where F : struct, IWinogradForm
        {
            var actual = new float[expected.Length];
            actual.AsSpan().Fill(float.NaN);
            fixed (float* x = sample.X, gy = sample.Gy, gw = actual)
            {
                WinogradWeightGrad<V, F>.Run(
                    shape.N, WinogradCases.Input(x, shape),
                    WinogradCases.Grad(gy, shape, 0, 0), gw);
            }
            WinogradCases.AssertClose(expected, actual, $"gw, {V.Count} lanes, tiles of {F.Tile}");
        }
    }
}
