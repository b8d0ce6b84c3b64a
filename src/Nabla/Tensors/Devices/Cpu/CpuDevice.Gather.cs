namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Gather(Tensor x, int dim, Tensor index, Tensor y)
    {
        var (outer, axis, inner) = Around(x.Shape, dim);
        Kernels.Cpu.Gather.Run(x.Pointer, (long*)index.Pointer, y.Pointer,
            outer, axis, index.Shape.Dims[dim], inner, x.DType.Size);
        KeepAlive(x, index, y);
    }
}
