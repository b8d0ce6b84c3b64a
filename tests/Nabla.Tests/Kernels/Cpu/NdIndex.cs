namespace Nabla.Tests.Kernels.Cpu;

/// <summary>Plain index arithmetic: what strided kernels are compared with.</summary>
internal static class NdIndex
{
    public static long[] RowMajor(params long[] shape)
    {
        var strides = new long[shape.Length];
        var step = 1L;
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            strides[d] = step;
            step *= shape[d];
        }

        return strides;
    }

    public static long Count(long[] shape) => shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>All indices of a shape in row-major order.</summary>
    public static IEnumerable<long[]> Of(long[] shape)
    {
        var n = Count(shape);
        for (long i = 0; i < n; i++)
        {
            var index = new long[shape.Length];
            var rest = i;
            for (var d = shape.Length - 1; d >= 0; d--)
            {
                (rest, index[d]) = Math.DivRem(rest, shape[d]);
            }

            yield return index;
        }
    }

    public static long Offset(long[] index, long[] strides) =>
        index.Zip(strides, (i, s) => i * s).Sum();

    /// <summary>Elements that a layout spans.</summary>
    public static long Span(long[] shape, long[] strides) => Count(shape) == 0
        ? 1 : 1 + shape.Zip(strides, (n, s) => (n - 1) * Math.Abs(s)).Sum();

    public static float[] Floats(long n, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)n).Select(_ => (float)((random.NextDouble() * 8) - 4))];
    }
}
