using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class DepthwiseTapsTests
{
    private const int SourceRow = 90, TargetRow = 80;

    [Theory]
    [InlineData(9, 1, 16)]
    [InlineData(9, 3, 35)]
    [InlineData(0, 2, 17)]
    [InlineData(4, 3, 64)]
    [InlineData(25, 2, 77)]
    [InlineData(25, 9, 20)]
    [InlineData(49, 1, 16)]
    [InlineData(49, 5, 56)]
    public void AddSumsTheTapsOfRows(int taps, int rows, int pixels)
    {
        var random = new Random(1);
        var source = Draw(random, (rows * SourceRow) + 60);
        var weights = Draw(random, taps + 1);
        var offsets = Enumerable.Range(0, taps + 1).Select(_ => (nint)random.Next(40)).ToArray();
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (!ConvVectors.IsSupported<V>())
            {
                return;
            }

            var target = new float[rows * TargetRow];
            fixed (float* x = source, w = weights, y = target)
            fixed (nint* at = offsets)
            {
                DepthwiseTaps.Add<V>(
                    x, SourceRow, at, w, taps, 0.5f, y, TargetRow, rows, pixels);
            }

            for (var i = 0; i < target.Length; i++)
            {
                var (row, column) = (i / TargetRow, i % TargetRow);
                var sum = column < pixels ? 0.5 : 0;
                for (var t = 0; t < taps && column < pixels; t++)
                {
                    sum += weights[t] * source[(row * SourceRow) + column + offsets[t]];
                }

                Assert.Equal(sum, target[i], 1e-5);
            }
        }
    }

    [Fact]
    public void SumAddsProductsLaneByLane()
    {
        var random = new Random(2);
        var source = Draw(random, 120);
        var gradient = Draw(random, 48);
        var offsets = Enumerable.Range(0, 9).Select(_ => (nint)random.Next(40)).ToArray();
        Check<ConvVector128>();
        Check<ConvVector256>();
        Check<ConvVector512>();

        void Check<V>() where V : unmanaged, IConvVector<V>
        {
            if (!ConvVectors.IsSupported<V>())
            {
                return;
            }

            var sums = new float[DepthwiseTaps.Nine * V.Count];
            sums.AsSpan().Fill(1);
            fixed (float* x = source, g = gradient, s = sums)
            fixed (nint* at = offsets)
            {
                DepthwiseTaps.Sum<V>(x, at, g, s, gradient.Length / V.Count);
            }

            for (var i = 0; i < sums.Length; i++)
            {
                var (tap, sum) = (i / V.Count, 1.0);
                for (var p = i % V.Count; p < gradient.Length; p += V.Count)
                {
                    sum += gradient[p] * source[p + offsets[tap]];
                }

                Assert.Equal(sum, sums[i], 1e-5);
            }
        }
    }

    private static float[] Draw(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
}
