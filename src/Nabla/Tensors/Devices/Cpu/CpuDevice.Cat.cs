namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Cat(ReadOnlySpan<Tensor> x, int dim, Tensor y)
    {
        var start = 0L;
        foreach (var part in x)
        {
            var first = (byte*)y.Pointer + (start * y.Strides[dim] * y.DType.Size);
            Kernels.Cpu.Copy.Strided(part.Shape.Dims, new(part.Pointer, part.DType, part.Strides),
                new(first, y.DType, y.Strides));
            start += part.Shape.Dims[dim];
            GC.KeepAlive(part);
        }
        GC.KeepAlive(y);
    }
}
