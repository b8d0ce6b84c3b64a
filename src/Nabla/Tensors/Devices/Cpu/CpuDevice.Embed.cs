namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Embed(Tensor x, in Layout target, Tensor y)
    {
        Fill(0, y);
        var first = (byte*)y.Pointer + (target.Offset * y.DType.Size);
        Kernels.Cpu.Copy.Strided(x.Shape.Dims, new(x.Pointer, x.DType, x.Strides),
            new(first, y.DType, target.Strides));
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }
}
