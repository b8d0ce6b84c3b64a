namespace Nabla.Kernels.Cpu;

/// <summary>
/// A reduction in normal form: which row-major places of the input feed which output. The last
/// dimension stands apart, because the loops run along it.
/// </summary>
internal struct ReduceShape
{
    /// <summary>Kept dimensions: (row-major place in the input, offset in the output).</summary>
    public DimWalk Kept;

    /// <summary>Reduced dimensions: (row-major place in the input, unused).</summary>
    public DimWalk Reduced;

    /// <summary>The length of the last dimension, and its stride in the output.</summary>
    public long Length;

    /// <summary>The last dimension's stride in the output.</summary>
    public long LengthStride;

    /// <summary>True when the last dimension is a reduced one.</summary>
    public bool Inner;

    public static ReduceShape Of(ReadOnlySpan<long> shape, ReadOnlySpan<bool> reduced,
        ReadOnlySpan<long> outputStrides)
    {
        var result = new ReduceShape { Kept = new(), Reduced = new(), Length = 1, Inner = true };
        var last = shape.Length - 1;
        while (last >= 0 && shape[last] == 1)
        {
            last--;
        }

        if (last < 0)
        {
            return result;
        }

        result.Inner = reduced[last];
        result.Length = shape[last];
        result.LengthStride = outputStrides[last];
        var place = shape[last];
        var d = last - 1;
        for (; d >= 0 && (shape[d] == 1 || result.Continues(shape, reduced, outputStrides, d)); d--)
        {
            result.Length *= shape[d];
            place *= shape[d];
        }

        for (; d >= 0; d--)
        {
            if (shape[d] != 1 && reduced[d])
            {
                result.Reduced.AddOuter(shape[d], place, 0);
            }
            else if (shape[d] != 1)
            {
                result.Kept.AddOuter(shape[d], place, outputStrides[d]);
            }

            place *= shape[d];
        }

        return result;
    }

    private readonly bool Continues(ReadOnlySpan<long> shape, ReadOnlySpan<bool> reduced,
        ReadOnlySpan<long> outputStrides, int d) =>
        reduced[d] == Inner && (Inner || outputStrides[d] == LengthStride * Length);
}
