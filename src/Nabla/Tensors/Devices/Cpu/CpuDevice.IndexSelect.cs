namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void IndexSelect(Tensor x, int dim, Tensor index, Tensor y)
    {
        var (outer, axis, inner) = Around(x.Shape, dim);
        Kernels.Cpu.IndexSelect.Run(x.Pointer, (long*)index.Pointer, y.Pointer,
            outer, axis, index.Count, inner, x.DType.Size);
        KeepAlive(x, index, y);
    }
}
