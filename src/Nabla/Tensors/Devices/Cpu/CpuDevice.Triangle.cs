namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Triangle(Tensor x, long diagonal, bool lower, Tensor y)
    {
        long rows = x.Shape.Dims[^2], columns = x.Shape.Dims[^1];
        var batch = x.Count == 0 ? 0 : x.Count / (rows * columns);
        if (lower)
        {
            Kernels.Cpu.Triangle.Lower(
                x.Pointer, y.Pointer, batch, rows, columns, diagonal, x.DType.Size);
        }
        else
        {
            Kernels.Cpu.Triangle.Upper(
                x.Pointer, y.Pointer, batch, rows, columns, diagonal, x.DType.Size);
        }
        KeepAlive(x, y);
    }
}
