using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Mean and variance over some dimensions, in one pass and without cancellation.</summary>
public static unsafe class Moments
{
    /// <summary>
    /// mean = Σx / n and variance = Σ(x − mean)² / (n − correction) over the reduced dimensions.
    /// </summary>
    /// <param name="shape">The input's shape, of at most 8 dimensions.</param>
    /// <param name="reduced">Which dimensions are folded away.</param>
    /// <param name="x">The input; anything but float64 is computed in float32 blocks.</param>
    /// <param name="mean">An output; its strides are 0 at reduced dimensions.</param>
    /// <param name="variance">An output with the same strides as the mean.</param>
    /// <param name="correction">1 for the unbiased estimate; NaN when n does not exceed it.</param>
    [SkipLocalsInit]
    public static void Run(ReadOnlySpan<long> shape, ReadOnlySpan<bool> reduced, in Operand x,
        in Operand mean, in Operand variance, long correction = 0)
    {
        var rank = shape.Length;
        Span<int> order = stackalloc int[rank];
        Reduce.SortByStride(shape, x.Strides, order);
        Span<long> sizes = stackalloc long[rank];
        Span<long> from = stackalloc long[rank];
        Span<long> to = stackalloc long[rank];
        Span<bool> folds = stackalloc bool[rank];
        for (var d = 0; d < rank; d++)
        {
            sizes[d] = shape[order[d]];
            from[d] = x.Strides[order[d]];
            to[d] = mean.Strides[order[d]];
            folds[d] = reduced[order[d]];
        }

        var compute = x.Type == DType.Float64 ? DType.Float64 : DType.Float32;
        var source = new OperandSource(sizes, new(x.Data, x.Type, from), compute);
        Run(compute, sizes, folds, ref source,
            new(mean.Data, mean.Type, to), new(variance.Data, variance.Type, to), correction);
    }

    /// <summary>The moments of numbers that a source supplies.</summary>
    /// <param name="compute">Float32 or Float64: the type of the source's numbers.</param>
    /// <param name="shape">The shape that the source enumerates in row-major order.</param>
    /// <param name="reduced">Which dimensions are folded away.</param>
    /// <param name="source">Where the numbers come from.</param>
    /// <param name="mean">An output; its strides are 0 at reduced dimensions.</param>
    /// <param name="variance">An output with the same strides as the mean.</param>
    /// <param name="correction">1 for the unbiased estimate; NaN when n does not exceed it.</param>
    public static void Run<TSource>(DType compute, ReadOnlySpan<long> shape,
        ReadOnlySpan<bool> reduced, ref TSource source, in Operand mean, in Operand variance,
        long correction = 0)
        where TSource : struct, ITileSource
    {
        var plan = ReduceShape.Of(shape, reduced, mean.Strides);
        switch (compute)
        {
            case DType.Float32 when Simd.Wide:
                Fold<F32x16, TSource>(plan, source, new(mean, variance, correction));
                break;
            case DType.Float32 when Simd.Medium:
                Fold<F32x8, TSource>(plan, source, new(mean, variance, correction));
                break;
            case DType.Float32:
                Fold<F32x4, TSource>(plan, source, new(mean, variance, correction));
                break;
            case DType.Float64:
                Fold<F64x1, TSource>(plan, source, new(mean, variance, correction));
                break;
            default:
                throw Elementwise.NoLanes(compute);
        }
    }

    private static void Fold<V, TSource>(
        in ReduceShape plan, in TSource source, MomentsFold<V> fold)
        where V : unmanaged, ILanes<V> where TSource : struct, ITileSource =>
        ReduceDriver.Run<MomentsFold<V>, Moment, TSource>(plan, fold, source);
}
