using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Checks tiles of both kinds against their definitions.</summary>
internal static unsafe class ConvTileCheck
{
    private const int Length = 400;

    public static void Forward<V>(int rows, int vectors) where V : unmanaged, IConvVector<V>
    {
        if (!ConvVectors.IsSupported<V>())
        {
            return;
        }

        var source = Draw(Length, 1);
        var weights = Draw(12 * rows, 2);
        nint[] offsets = [7, 90, 1, 30, 0, 64, 63, 128, 99, 150, 31, 2];
        var width = vectors * V.Count;
        var target = new float[rows * (width + 1)];
        fixed (float* x = source, w = weights, y = target)
        fixed (nint* o = offsets)
        {
            // Two runs of three taps, five apart.
            var args = new ConvTileArgs
            {
                Source = x,
                Offsets = o,
                Weights = w,
                Segments = 2,
                SegmentStride = 5,
                Taps = 3,
                Bias = w,
                Target = y,
                TargetRow = width + 1,
            };
            ConvTiles.Run<V>(rows, vectors, in args);
        }

        for (var i = 0; i < target.Length; i++)
        {
            var (row, v) = (i / (width + 1), i % (width + 1));
            double expected = v < width ? weights[row] : 0;
            foreach (var tap in v < width ? new[] { 0, 1, 2, 5, 6, 7 } : [])
            {
                expected += (double)weights[(tap * rows) + row] * source[offsets[tap] + v];
            }

            Assert.Equal(expected, target[i], 1e-5);
        }
    }

    public static void Gradient<V>(int rows) where V : unmanaged, IConvVector<V>
    {
        if (ConvVectors.IsSupported<V>())
        {
            Gradient<V>(rows, ConvGradTiles.Taps<V>(rows));
            Gradient<V>(rows, ConvGradTiles.Taps<V>(rows, left: 1));
        }
    }

    private static void Gradient<V>(int rows, int taps) where V : unmanaged, IConvVector<V>
    {
        var source = Draw(Length, 3);
        var gradient = Draw(rows * 100, 4);
        var sums = Draw(rows * taps * V.Count, 5);
        var before = (float[])sums.Clone();
        nint[] offsets = [3, 40, 17, 90];
        fixed (float* x = source, g = gradient, to = sums)
        fixed (nint* o = offsets)
        {
            var args = new ConvGradTileArgs
            {
                Gradient = g,
                GradientRow = 100,
                GradientRun = 33,
                Source = x,
                SourceRun = 51,
                Offsets = o,
                Runs = 3,
                Vectors = 2,
                Sums = to,
            };
            ConvGradTiles.Run<V>(rows, taps, in args);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            var (lane, tap, row) = (i % V.Count, i / V.Count % taps, i / V.Count / taps);
            double expected = before[i];
            for (var j = 0; j < 6; j++)
            {
                var (run, v) = (j / 2, (j % 2 * V.Count) + lane);
                expected += (double)gradient[(row * 100) + (run * 33) + v]
                    * source[(run * 51) + offsets[tap] + v];
            }

            Assert.Equal(expected, sums[i], 1e-5);
        }
    }

    private static float[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan())
        {
            number = random.NextSingle() - 0.5f;
        }

        return numbers;
    }
}
