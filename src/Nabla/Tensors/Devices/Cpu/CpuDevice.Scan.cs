namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Scan(Tensor x, int dim, bool product, bool reverse, Tensor y)
    {
        switch (y.DType)
        {
            case DType.Float32:
                Scan<float>(x, dim, product, reverse, y);
                break;
            case DType.Float64:
                Scan<double>(x, dim, product, reverse, y);
                break;
            case DType.Int64:
                Scan<long>(x, dim, product, reverse, y);
                break;
            case DType.Int32:
                Scan<int>(x, dim, product, reverse, y);
                break;
            default:
                Scan<byte>(x, dim, product, reverse, y);
                break;
        }
        KeepAlive(x, y);
    }

    private static void Scan<T>(Tensor x, int dim, bool product, bool reverse, Tensor y)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var (outer, axis, inner) = Around(x.Shape, dim);
        var (from, to) = ((nint)x.Pointer, (nint)y.Pointer);
        if (product)
        {
            Kernels.Cpu.Scan.Product((T*)from, (T*)to, outer, axis, inner, reverse);
        }
        else
        {
            Kernels.Cpu.Scan.Sum((T*)from, (T*)to, outer, axis, inner, reverse);
        }
    }
}
