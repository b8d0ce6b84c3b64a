using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradFormStridedTests
{
    private static readonly double[] s_points = [0.5, -0.5, 1.25, -1.25];

    [Fact]
    public void WeightsAreEvaluatedAtThePointsAndNormalized()
    {
        float[] g = [0.9f, -0.5f];
        var points = stackalloc float[4 * (s_points.Length + 1)];
        var from = stackalloc float[8];
        for (var i = 0; i < 2; i++)
        {
            new Span<float>(from + (4 * i), 4).Fill(g[i]);
        }

        WinogradFormStrided.Weights<ConvVector128>(from, 4, points, 4);
        for (var i = 0; i < s_points.Length; i++)
        {
            var p = s_points[i];
            var others = s_points.Where(q => q != p).Aggregate(1.0, (a, q) => a * (p - q));
            // The sign of the negative points is the input's.
            others *= Math.Sign(p);
            Assert.Equal((g[0] + (g[1] * p)) / others, points[4 * i], 1e-6);
        }

        Assert.Equal(g[1], points[4 * s_points.Length]);
        Assert.Equal(s_points.Length + 1, WinogradForm<WinogradFormStrided>.Count);
    }

    [Fact]
    public void TheInputComesToThePointsOfThreeOutputs()
    {
        var from = stackalloc float[20];
        var points = stackalloc float[20];
        var expected = stackalloc float[20];
        for (var i = 0; i < 20; i++)
        {
            from[i] = (i * 7 % 11) - 5;
        }

        WinogradFormStrided.Input<ConvVector128>(from, 4, points, 4);
        WinogradForm3.Input<ConvVector128>(from, 4, expected, 4);
        Assert.True(new Span<float>(expected, 20).SequenceEqual(new Span<float>(points, 20)));
    }
}
