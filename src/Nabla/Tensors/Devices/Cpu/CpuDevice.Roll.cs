namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Roll(Tensor x, int dim, long shift, Tensor y)
    {
        var (outer, axis, inner) = Around(x.Shape, dim);
        Kernels.Cpu.Roll.Run(x.Pointer, y.Pointer, outer, axis, inner, shift, x.DType.Size);
        KeepAlive(x, y);
    }
}
