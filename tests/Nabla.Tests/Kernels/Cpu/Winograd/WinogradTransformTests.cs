using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class WinogradTransformTests
{
    [Fact]
    public void BothAxesAreMapped()
    {
        const int lanes = 4;
        var random = new Random(3);
        var d = new float[36];
        var g = new float[9];
        foreach (ref var number in d.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }
        foreach (ref var number in g.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }

        var points = Map<WinogradInputLine<WinogradForm4>>(d, 6, 6);
        var weights = Map<WinogradWeightLine<WinogradForm4>>(g, 3, 6);
        var y = Map<WinogradOutputLine<WinogradForm4>>(
            [.. points.Zip(weights, (a, b) => a * b)], 6, 4);
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                var sum = 0.0;
                for (var tap = 0; tap < 9; tap++)
                {
                    sum += g[tap] * d[((i + (tap / 3)) * 6) + j + (tap % 3)];
                }
                Assert.Equal(sum, y[(i * 4) + j], 1e-5);
            }
        }

        static float[] Map<TLine>(float[] numbers, int from, int to)
            where TLine : struct, IWinogradLine
        {
            // Rows a few numbers longer than their columns.
            var (row, targetRow) = ((from * lanes) + 4, (to * lanes) + 8);
            var source = new float[from * row];
            for (var i = 0; i < numbers.Length; i++)
            {
                source[(i / from * row) + (i % from * lanes) + 1] = numbers[i];
            }
            var target = new float[to * targetRow];
            fixed (float* s = source, t = target)
            {
                var half = stackalloc float[WinogradTransform.HalfSize];
                WinogradTransform.Run<ConvVector128, TLine>(
                    s, row, lanes, t, targetRow, lanes, half);
            }
            return [.. Enumerable.Range(0, to * to)
                .Select(i => target[(i / to * targetRow) + (i % to * lanes) + 1])];
        }
    }
}
