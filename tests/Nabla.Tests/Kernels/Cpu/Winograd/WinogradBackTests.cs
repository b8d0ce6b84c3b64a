using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradBackTests
{
    [Theory]
    [InlineData(37)]
    [InlineData(16)]
    [InlineData(1)]
    public void ARowOfSumsBecomesItsWeightsAndNothingElse(int count)
    {
        // Gᵀ of a sum at the point 0 alone is Norm0 at the first tap; of one at ∞, 1 at the last.
        WinogradCases.EveryWidth(
            Check<ConvVector128>, Check<ConvVector256>, Check<ConvVector512>);

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            CheckForm<V, WinogradForm2>();
            CheckForm<V, WinogradForm4>();
        }

        void CheckForm<V, F>()
            where V : unmanaged, IConvVector<V>
            where F : struct, IWinogradForm
        {
            var taps = WinogradForm<F>.Weights;
            const int channels = 40, outputs = 3, row = 1, output = 2, first = 2;
            nint sumRow = 64, point = 2 * sumRow;
            var sums = new float[WinogradPoints.Products * point];
            for (var c = 0; c < count; c++)
            {
                sums[(row * sumRow) + c] = c + 1;
                sums[(35 * point) + (row * sumRow) + c] = 100 + c;
            }

            var weights = new float[outputs * channels * taps];
            weights.AsSpan().Fill(7);
            fixed (float* from = sums, to = weights)
            {
                new WinogradBack<V, F>
                {
                    Sums = from,
                    SumRow = sumRow,
                    Point = point,
                    Channels = channels,
                    Weights = to,
                }.Map(row, output, first, count);
            }

            for (var i = 0; i < weights.Length; i++)
            {
                var c = (i / taps) - (output * channels) - first;
                var expected = c < 0 || c >= count ? 7
                    : (i % taps) switch
                    {
                        0 => (c + 1) * WinogradPoints.Norm0 * WinogradPoints.Norm0,
                        var tap when tap == taps - 1 => 100 + c,
                        _ => 0,
                    };
                Assert.Equal(expected, weights[i], 1e-4);
            }
        }
    }

    [Fact]
    public void SumsOfPhasesBecomeTheirTapsAndPaddingNone()
    {
        // 10 channels in registers of 4: the last holds 2 and padding.
        const int channels = 10, all = 3 * 4 * 4, point = all;
        var sums = new float[25 * point];
        for (var at = 0; at < all; at++)
        {
            sums[(24 * point) + at] = at + 1;
        }

        var weights = new float[(channels * 16) + 1];
        weights.AsSpan().Fill(7);
        fixed (float* from = sums, to = weights)
        {
            new WinogradBack<ConvVector128, WinogradFormStrided>
            {
                Sums = from,
                SumRow = all,
                Point = point,
                Channels = channels,
                Weights = to,
            }.Run(0);
        }

        for (var i = 0; i < channels * 16; i++)
        {
            var (c, r, s) = (i / 16, i / 4 % 4, i % 4);
            var at = (c / 4 * 16) + (((r % 2 * 2) + (s % 2)) * 4) + (c % 4);
            Assert.Equal(r >= 2 && s >= 2 ? at + 1 : 0, weights[i]);
        }
        Assert.Equal(7, weights[channels * 16]);
    }
}
