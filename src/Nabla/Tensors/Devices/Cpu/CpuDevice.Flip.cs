namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Flip(Tensor x, int dims, Tensor y)
    {
        Span<bool> flipped = stackalloc bool[x.Rank];
        for (var i = 0; i < flipped.Length; i++)
        {
            flipped[i] = (dims >> i & 1) != 0;
        }
        Kernels.Cpu.Flip.Run(x.Pointer, y.Pointer, x.Shape.Dims, flipped, x.DType.Size);
        KeepAlive(x, y);
    }
}
