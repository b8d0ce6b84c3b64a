using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Reduce<TFn>(DType compute, Tensor x, Tensor y) where TFn : struct, IReduceFn
    {
        var rank = x.Rank;
        Span<long> strides = stackalloc long[rank];
        Span<bool> reduced = stackalloc bool[rank];
        ReducedStrides(x, y, reduced, strides);
        Kernels.Cpu.Reduce.Run<TFn>(compute, x.Shape.Dims, reduced,
            new(x.Pointer, x.DType, x.Strides), new(y.Pointer, y.DType, strides));
        KeepAlive(x, y);
    }

    /// <inheritdoc/>
    public void ArgMax(Tensor x, Tensor y)
    {
        Span<long> strides = stackalloc long[x.Rank];
        Span<bool> reduced = stackalloc bool[x.Rank];
        ReducedStrides(x, y, reduced, strides);
        ReduceArg.Max(x.DType.Compute, x.Shape.Dims, reduced,
            new(x.Pointer, x.DType, x.Strides), new(y.Pointer, y.DType, strides));
        KeepAlive(x, y);
    }

    /// <inheritdoc/>
    public void ArgMin(Tensor x, Tensor y)
    {
        Span<long> strides = stackalloc long[x.Rank];
        Span<bool> reduced = stackalloc bool[x.Rank];
        ReducedStrides(x, y, reduced, strides);
        ReduceArg.Min(x.DType.Compute, x.Shape.Dims, reduced,
            new(x.Pointer, x.DType, x.Strides), new(y.Pointer, y.DType, strides));
        KeepAlive(x, y);
    }

    private static void ReducedStrides(
        Tensor x, Tensor y, Span<bool> reduced, Span<long> strides) =>
        ReducedStrides(x.Shape, y, reduced, strides);

    private static void ReducedStrides(
        Shape shape, Tensor y, Span<bool> reduced, Span<long> strides)
    {
        var lead = shape.Rank - y.Rank;
        for (var i = 0; i < shape.Rank; i++)
        {
            var size = i < lead ? 1 : y.Shape.Dims[i - lead];
            reduced[i] = i < lead || (size == 1 && shape.Dims[i] != 1);
            strides[i] = size == 1 ? 0 : y.Strides[i - lead];
        }
    }
}
