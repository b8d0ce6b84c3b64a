using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradForm3Tests
{
    private static readonly double[] s_points = [0.5, -0.5, 1.25, -1.25];

    [Fact]
    public void WeightsAreEvaluatedAtThePointsAndNormalized()
    {
        float[] g = [0.9f, -0.5f, 1.7f];
        var points = stackalloc float[4 * (s_points.Length + 1)];
        var from = stackalloc float[12];
        for (var i = 0; i < 3; i++)
        {
            new Span<float>(from + (4 * i), 4).Fill(g[i]);
        }

        WinogradForm3.Weights<ConvVector128>(from, 4, points, 4);
        for (var i = 0; i < s_points.Length; i++)
        {
            var p = s_points[i];
            var others = s_points.Where(q => q != p).Aggregate(1.0, (a, q) => a * (p - q));
            // The sign of the negative points is the input's.
            others *= Math.Sign(p);
            Assert.Equal((g[0] + (g[1] * p) + (g[2] * p * p)) / others, points[4 * i], 1e-6);
        }

        Assert.Equal(g[2], points[4 * s_points.Length]);
        Assert.Equal(s_points.Length + 1, WinogradForm<WinogradForm3>.Count);
    }
}
