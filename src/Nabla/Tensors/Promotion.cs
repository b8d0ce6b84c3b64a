namespace Nabla.Tensors;

/// <summary>
/// Which type an expression of several types has: PyTorch's rule (<c>torch.result_type</c>).
/// Tensors with dimensions decide; one without, or a C# number, decides only when it is of a
/// higher kind (bool &lt; integer &lt; floating point).
/// </summary>
public static class Promotion
{
    /// <summary>The type of an expression of two tensors.</summary>
    public static DType ResultType(Tensor a, Tensor b)
    {
        Span<DType> best = stackalloc DType[3];
        Span<bool> any = stackalloc bool[3];
        any.Clear();
        Note(a, best, any);
        Note(b, best, any);
        return Combine(best, any);
    }

    /// <summary>The smallest type that holds both, as for two tensors with dimensions.</summary>
    public static DType Promote(DType a, DType b)
    {
        if (a == b)
        {
            return a;
        }
        if (a.IsFloat && b.IsFloat)
        {
            return a is DType.Float64 || b is DType.Float64 ? DType.Float64 : DType.Float32;
        }
        if (a.IsFloat || b.IsFloat)
        {
            return a.IsFloat ? a : b;
        }
        return (DType)Math.Min((byte)a, (byte)b);
    }

    private static void Note(Tensor x, Span<DType> best, Span<bool> any)
    {
        var category = x.IsWeak ? 2 : x.Rank == 0 ? 1 : 0;
        best[category] = any[category] ? Promote(best[category], x.DType) : x.DType;
        any[category] = true;
    }

    private static DType Combine(Span<DType> best, Span<bool> any)
    {
        var result = any[0] ? best[0] : any[1] ? best[1] : best[2];
        var known = any[0] ? 0 : any[1] ? 1 : 2;
        for (var i = known + 1; i < 3; i++)
        {
            if (any[i] && Kind(best[i]) > Kind(result))
            {
                result = Promote(result, best[i]);
            }
        }
        return result;
    }

    private static int Kind(DType type) => type.IsFloat ? 2 : type.IsInteger ? 1 : 0;
}
