using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

[Collection(nameof(WorkerTeam))]
public sealed unsafe class WinogradFilterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryWeightIsMappedToItsPanel(bool turned)
    {
        Check<WinogradForm4>(turned);
        Check<WinogradForm2>(turned);
    }

    [Theory]
    [InlineData(37)]
    [InlineData(4)]
    public void PhasesLieARegisterApart(int channels)
    {
        const int rows = 19, panel = 8, lanes = 4;
        var shape = new Conv2dShape(1, channels, 8, 8, rows, 4, 4, 2, 2, 1, 1, 1, 1, 1);
        var weights = new Conv2dCase(shape).W;
        var all = WinogradForm<WinogradFormStrided>.Channels<ConvVector128>(channels);
        Assert.Equal((channels + lanes - 1) / lanes * lanes * 4, all);
        fixed (float* w = weights)
        {
            var filter = WinogradCases.Filter(w, shape, turned: false);
            var point = filter.Point<ConvVector128, WinogradFormStrided>();
            var mapped = new float[3 * 25 * point];
            Array.Fill(mapped, float.NaN);
            fixed (float* to = mapped)
            {
                var body = new WinogradFilterBody<ConvVector128, WinogradFormStrided>
                {
                    Filter = filter,
                    Target = to,
                };
                WorkerTeam.For(body.Chunks, ref body);
            }

            for (var i = 0; i < 3 * panel * all; i++)
            {
                // The last point, ∞ of both axes, sees the last tap of the phase.
                var (row, at) = (i % (3 * panel), i / (3 * panel));
                var (phase, c) = (at / lanes % 4, (at / (4 * lanes) * lanes) + (at % lanes));
                var tap = ((2 + (phase / 2)) * 4) + 2 + (phase % 2);
                var expected = row >= rows || c >= channels ? 0
                    : weights[(((row * channels) + c) * 16) + tap];
                Assert.Equal(expected, mapped[
                    (((row / panel * 25) + 24) * point) + (at * panel) + (row % panel)]);
            }
        }
    }

    private static void Check<F>(bool turned) where F : struct, IWinogradForm
    {
        int side = F.Taps, taps = WinogradForm<F>.Weights;
        // 19 rows in panels of 8: the last holds 3 rows, and zeros.
        const int rows = 19, channels = 37, panel = 8, size = channels * panel;
        var shape = turned
            ? new Conv2dShape(1, rows, 4, 4, channels, side, side, 1, 1, 1, 1, 1, 1, 1)
            : new Conv2dShape(1, channels, 4, 4, rows, side, side, 1, 1, 1, 1, 1, 1, 1);
        var weights = new Conv2dCase(shape).W;
        var mapped = new float[3 * WinogradPoints.Products * size];
        Array.Fill(mapped, float.NaN);
        fixed (float* w = weights, to = mapped)
        {
            var body = new WinogradFilterBody<ConvVector128, F>
            {
                Filter = WinogradCases.Filter(w, shape, turned),
                Target = to,
            };
            Assert.Equal(3, body.Filter.Panels<ConvVector128, F>());
            WorkerTeam.For(body.Chunks, ref body);
        }

        for (var row = 0; row < 3 * panel; row++)
        {
            for (var c = 0; c < channels; c++)
            {
                // The corners of the square of points: 0 sees the first tap, ∞ the last.
                Assert.Equal(Tap(row, c, 0, 0) * WinogradPoints.Norm0 * WinogradPoints.Norm0,
                    At(row, c, 0), 1e-6);
                Assert.Equal(Tap(row, c, 0, side - 1) * WinogradPoints.Norm0, At(row, c, 5), 1e-6);
                Assert.Equal(Tap(row, c, side - 1, 0) * WinogradPoints.Norm0, At(row, c, 30), 1e-6);
                Assert.Equal(Tap(row, c, side - 1, side - 1), At(row, c, 35));
            }
        }

        float At(int row, int c, int point) => mapped[
            (((row / panel * WinogradPoints.Products) + point) * size) + (c * panel)
            + (row % panel)];

        float Tap(int row, int c, int r, int s)
        {
            var tap = turned ? taps - 1 - ((r * side) + s) : (r * side) + s;
            return row >= rows ? 0
                : turned ? weights[(((c * rows) + row) * taps) + tap]
                : weights[(((row * channels) + c) * taps) + tap];
        }
    }
}
