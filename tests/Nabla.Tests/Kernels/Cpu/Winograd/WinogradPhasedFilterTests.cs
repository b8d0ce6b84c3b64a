using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradPhasedFilterTests
{
    [Fact]
    public void EveryPanelHasTheTapsOfItsPhase()
    {
        // 11 rows in panels of 8, two for each of four phases: the second of each holds 3 rows.
        const int rows = 11, channels = 5, panel = 8, point = channels * panel;
        var shape = new Conv2dShape(1, rows, 8, 8, channels, 4, 4, 2, 2, 1, 1, 1, 1, 1);
        var weights = new Conv2dCase(shape).W;
        var mapped = new float[WinogradPoints.Products * point];
        fixed (float* w = weights, to = mapped)
        {
            var filter = WinogradCases.Filter(w, shape, turned: true);
            Assert.Equal(8, filter.Panels<ConvVector128, WinogradFormTransposed>());
            for (var p = 0; p < 8; p++)
            {
                Array.Fill(mapped, float.NaN);
                filter.Transform<ConvVector128, WinogradFormTransposed>(
                    p, 0, channels, to, point);
                var (phase, first) = (p / 2, p % 2 * panel);
                for (var i = 0; i < point; i++)
                {
                    var (c, row) = (i / panel, first + (i % panel));

                    // At the points 0 and ∞ there are the first and the last neighbour's taps.
                    Assert.Equal(
                        Tap(row, c, First(phase / 2), First(phase % 2))
                            * WinogradPoints.Norm0 * WinogradPoints.Norm0, mapped[i], 1e-6);
                    Assert.Equal(
                        Tap(row, c, Last(phase / 2), Last(phase % 2)), mapped[(35 * point) + i]);
                }
            }
        }

        static int First(int odd) => odd == 0 ? 3 : -1;

        static int Last(int odd) => odd == 0 ? -1 : 0;

        float Tap(int row, int c, int r, int s) => row >= rows || r < 0 || s < 0 ? 0
            : weights[(((c * rows) + row) * 16) + (r * 4) + s];
    }
}
