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

    /// <summary>How many neighbours along a kept last dimension share an output.</summary>
    public int Group;

    // Rows shorter than this are folded faster side by side, where there are rows to fold.
    private const long ShortRow = 64;

    public static ReduceShape Of(ReadOnlySpan<long> shape, ReadOnlySpan<bool> reduced,
        ReadOnlySpan<long> outputStrides, bool mayGroup = true)
    {
        var result = new ReduceShape
        {
            Kept = new(),
            Reduced = new(),
            Length = 1,
            Inner = true,
            Group = 1,
        };
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
        var d = result.Extend(shape, reduced, outputStrides, last);
        if (mayGroup && result.Inner && result.Length < ShortRow
            && d >= 0 && reduced[..d].Contains(true))
        {
            result.Group = (int)result.Length;
            result.Inner = false;
            d = result.Extend(shape, reduced, outputStrides, d);
        }

        var place = result.Length * result.Group;
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

    /// <summary>
    /// Makes dimension d, and those before it that continue it, the last one; returns the next.
    /// </summary>
    private int Extend(ReadOnlySpan<long> shape, ReadOnlySpan<bool> reduced,
        ReadOnlySpan<long> outputStrides, int d)
    {
        Length = 1;
        LengthStride = outputStrides[d];
        while (d >= 0 && (shape[d] == 1 || (reduced[d] == Inner
            && (Inner || outputStrides[d] == LengthStride * Length))))
        {
            Length *= shape[d--];
        }

        return d;
    }
}
