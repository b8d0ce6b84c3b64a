using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradForm2Tests
{
    private static readonly double[] s_points = [0, 0.75, -0.75, 1.5, -1.5];

    [Fact]
    public void WeightsAreEvaluatedAtThePointsAndNormalized()
    {
        float[] g = [0.9f, -0.5f, 1.7f, -1.1f, 0.6f];
        var points = stackalloc float[4 * (s_points.Length + 1)];
        var from = stackalloc float[4 * g.Length];
        for (var i = 0; i < g.Length; i++)
        {
            new Span<float>(from + (4 * i), 4).Fill(g[i]);
        }

        WinogradForm2.Weights<ConvVector128>(from, 4, points, 4);
        for (var i = 0; i < s_points.Length; i++)
        {
            var p = s_points[i];
            var others = s_points.Where(q => q != p).Aggregate(1.0, (a, q) => a * (p - q));
            var value = g.Select((w, power) => w * Math.Pow(p, power)).Sum();
            Assert.Equal(value / others, points[4 * i], 1e-6);
        }

        Assert.Equal(g[^1], points[4 * s_points.Length]);
        Assert.Equal(s_points.Length + 1, WinogradForm<WinogradForm2>.Count);
    }

    [Fact]
    public void TheInputComesToThePointsOfFourOutputs()
    {
        var from = stackalloc float[24];
        var points = stackalloc float[24];
        var expected = stackalloc float[24];
        for (var i = 0; i < 24; i++)
        {
            from[i] = (i * 7 % 11) - 5;
        }

        WinogradForm2.Input<ConvVector128>(from, 4, points, 4);
        WinogradForm4.Input<ConvVector128>(from, 4, expected, 4);
        Assert.True(new Span<float>(expected, 24).SequenceEqual(new Span<float>(points, 24)));
    }
}
