using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Sort(Tensor x, int dim, bool descending, Tensor y, Tensor index)
    {
        switch (y.DType)
        {
            case DType.Float32:
                Sort<float>(x, dim, descending, y, index);
                break;
            case DType.Float64:
                Sort<double>(x, dim, descending, y, index);
                break;
            case DType.Int64:
                Sort<long>(x, dim, descending, y, index);
                break;
            case DType.Int32:
                Sort<int>(x, dim, descending, y, index);
                break;
            default:
                Sort<byte>(x, dim, descending, y, index);
                break;
        }
        KeepAlive(x, y, index);
    }

    /// <inheritdoc/>
    public void Median(Tensor x, Tensor y, Tensor index)
    {
        switch (y.DType)
        {
            case DType.Float32:
                Median<float>(x, y, index);
                break;
            case DType.Float64:
                Median<double>(x, y, index);
                break;
            case DType.Int64:
                Median<long>(x, y, index);
                break;
            case DType.Int32:
                Median<int>(x, y, index);
                break;
            default:
                Median<byte>(x, y, index);
                break;
        }
        KeepAlive(x, y, index);
    }

    private static void Median<T>(Tensor x, Tensor y, Tensor index)
        where T : unmanaged, System.Numerics.INumberBase<T> => Kernels.Cpu.Median.Run(
            (T*)x.Pointer, (T*)y.Pointer, (long*)index.Pointer, y.Count, x.Shape[^1]);

    private static void Sort<T>(Tensor x, int dim, bool descending, Tensor y, Tensor index)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var (outer, axis, inner) = Around(x.Shape, dim);
        var k = y.Shape.Dims[dim];
        if (k == axis)
        {
            Kernels.Cpu.Sort.Run((T*)x.Pointer, (T*)y.Pointer, (long*)index.Pointer,
                outer, axis, inner, descending);
        }
        else
        {
            TopK.Run((T*)x.Pointer, (T*)y.Pointer, (long*)index.Pointer,
                outer, axis, inner, k, descending);
        }
    }
}
