namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void IndexCopy(Tensor source, int dim, Tensor index, Tensor y)
    {
        var (outer, axis, inner) = Around(y.Shape, dim);
        Kernels.Cpu.IndexCopy.Run(source.Pointer, (long*)index.Pointer, y.Pointer,
            outer, axis, index.Count, inner, y.DType.Size);
        KeepAlive(source, index, y);
    }
}
