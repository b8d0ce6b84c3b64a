using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Folds of an array's dimensions: sums, products, extrema. The order of combining follows from
/// the sizes and strides alone: bit-equal for any number of threads. float32 is folded in blocks
/// of up to 1,024 numbers (16 in a row), whose results are folded in float64.
/// </summary>
public static unsafe class Reduce
{
    /// <summary>y = the fold of x over the reduced dimensions.</summary>
    /// <param name="compute">The type to fold in: not a 16-bit float.</param>
    /// <param name="shape">The input's shape, of at most 8 dimensions.</param>
    /// <param name="reduced">Which dimensions are folded away.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The output; its strides are 0 at reduced dimensions.</param>
    [SkipLocalsInit]
    public static void Run<TFn>(DType compute, ReadOnlySpan<long> shape,
        ReadOnlySpan<bool> reduced, in Operand x, in Operand y)
        where TFn : struct, IReduceFn
    {
        // The result does not depend on the order of dimensions, but the memory's order is fast.
        var rank = shape.Length;
        Span<int> order = stackalloc int[rank];
        SortByStride(shape, x.Strides, order);
        Span<long> sizes = stackalloc long[rank];
        Span<long> from = stackalloc long[rank];
        Span<long> to = stackalloc long[rank];
        Span<bool> folds = stackalloc bool[rank];
        for (var d = 0; d < rank; d++)
        {
            sizes[d] = shape[order[d]];
            from[d] = x.Strides[order[d]];
            to[d] = y.Strides[order[d]];
            folds[d] = reduced[order[d]];
        }

        var source = new OperandSource(sizes, new(x.Data, x.Type, from), compute);
        Run<TFn, OperandSource>(compute, sizes, folds, ref source, new(y.Data, y.Type, to));
    }

    /// <summary>y = the fold over the reduced dimensions of numbers that a source
    /// supplies.</summary>
    /// <inheritdoc cref="Run{TFn}"/>
    public static void Run<TFn, TSource>(DType compute, ReadOnlySpan<long> shape,
        ReadOnlySpan<bool> reduced, ref TSource source, in Operand y)
        where TFn : struct, IReduceFn where TSource : struct, ITileSource
    {
        switch (compute)
        {
            case DType.Float32 when Simd.Wide:
                Run<TFn, F32x16, F64x1, TSource>(DType.Float64, shape, reduced, ref source, y);
                break;
            case DType.Float32 when Simd.Medium:
                Run<TFn, F32x8, F64x1, TSource>(DType.Float64, shape, reduced, ref source, y);
                break;
            case DType.Float32:
                Run<TFn, F32x4, F64x1, TSource>(DType.Float64, shape, reduced, ref source, y);
                break;
            case DType.Float64:
                Run<TFn, F64x1, F64x1, TSource>(compute, shape, reduced, ref source, y);
                break;
            case DType.Int64:
                Run<TFn, IntLane<long>, IntLane<long>, TSource>(
                    compute, shape, reduced, ref source, y);
                break;
            case DType.Int32:
                Run<TFn, IntLane<int>, IntLane<int>, TSource>(
                    compute, shape, reduced, ref source, y);
                break;
            case DType.UInt8:
                Run<TFn, IntLane<byte>, IntLane<byte>, TSource>(
                    compute, shape, reduced, ref source, y);
                break;
            case DType.Bool:
                Run<TFn, BoolLane, BoolLane, TSource>(compute, shape, reduced, ref source, y);
                break;
            default:
                throw Elementwise.NoLanes(compute);
        }
    }

    private static void Run<TFn, V, A, TSource>(DType totalType, ReadOnlySpan<long> shape,
        ReadOnlySpan<bool> reduced, ref TSource source, in Operand y)
        where TFn : struct, IReduceFn
        where V : unmanaged, ILanes<V>
        where A : unmanaged, ILanes<A>
        where TSource : struct, ITileSource
    {
        var plan = ReduceShape.Of(shape, reduced, y.Strides);
        var fold = new ReduceFold<TFn, V, A>(y, totalType);
        ReduceDriver.Run<ReduceFold<TFn, V, A>, A, TSource>(plan, fold, source);
    }

    /// <summary>Largest stride first; broadcast dimensions (stride 0) outermost.</summary>
    internal static void SortByStride(
        ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, Span<int> order)
    {
        for (var d = 0; d < order.Length; d++)
        {
            var key = Key(strides[d]);
            var e = d;
            for (; e > 0 && Key(strides[order[e - 1]]) < key; e--)
            {
                order[e] = order[e - 1];
            }

            order[e] = d;
        }
    }

    private static long Key(long stride) => stride == 0 ? long.MaxValue : Math.Abs(stride);
}
