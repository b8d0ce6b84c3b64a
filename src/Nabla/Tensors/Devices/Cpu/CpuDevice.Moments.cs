namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Moments(Tensor x, long correction, Tensor variance, Tensor mean)
    {
        Span<long> strides = stackalloc long[x.Rank];
        Span<bool> reduced = stackalloc bool[x.Rank];
        ReducedStrides(x, mean, reduced, strides);
        Kernels.Cpu.Moments.Run(x.Shape.Dims, reduced, new(x.Pointer, x.DType, x.Strides),
            new(mean.Pointer, mean.DType, strides), new(variance.Pointer, variance.DType, strides),
            correction);
        KeepAlive(x, variance, mean);
    }
}
