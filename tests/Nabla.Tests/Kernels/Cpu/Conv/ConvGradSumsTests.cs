using Nabla.Kernels.Cpu;

namespace Nabla.Tests.Kernels.Cpu;

public sealed unsafe class ConvGradSumsTests
{
    [Theory]
    [InlineData(1, 1, 3, 5)]
    [InlineData(6, 25, 4, 7)]
    [InlineData(8, 26, 70, 2)]
    [InlineData(17, 3, 2, 200)]
    public void ProductsAreAddedForEveryRowAndTap(int rows, int taps, int runs, int vectors)
    {
        Check<ConvVector128>(rows, taps, runs, vectors);
        Check<ConvVector256>(rows, taps, runs, vectors);
        Check<ConvVector512>(rows, taps, runs, vectors);
    }

    private static void Check<V>(int rows, int taps, int runs, int vectors)
        where V : unmanaged, IConvVector<V>
    {
        if (!ConvVectors.IsSupported<V>())
        {
            return;
        }

        // Runs of the gradient lie 3 numbers apart, those of the source 5.
        var length = vectors * V.Count;
        var gradient = KernelData.Numbers<float>(rows * runs * (length + 3));
        var source = KernelData.Numbers<float>((runs * (length + 5)) + taps, seed: 7);
        var offsets = new nint[taps + ConvGradTiles.MaxTaps];
        for (var tap = 0; tap < taps; tap++)
        {
            offsets[tap] = taps - 1 - tap;
        }

        var sums = new float[rows * taps];
        sums.AsSpan().Fill(1);
        fixed (float* g = gradient, x = source, to = sums)
        fixed (nint* o = offsets)
        {
            var all = new ConvGradTileArgs
            {
                Gradient = g,
                GradientRow = runs * (length + 3),
                GradientRun = length + 3,
                Source = x,
                SourceRun = length + 5,
                Offsets = o,
                Runs = runs,
                Vectors = vectors,
            };
            ConvGradSums.Add<V>(all, rows, taps, to);
        }

        var expected = new double[sums.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = 1;
            for (var at = 0; at < runs * length; at++)
            {
                var (run, v) = (at / length, at % length);
                expected[i] += (double)gradient[(((i / taps * runs) + run) * (length + 3)) + v]
                    * source[(run * (length + 5)) + v + offsets[i % taps]];
            }
        }

        Conv2dCase.AssertClose(expected, sums, $"sums of {V.Count} lanes");
    }
}
