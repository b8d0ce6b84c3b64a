namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void IndexAdd(Tensor source, int dim, Tensor index, Tensor y)
    {
        switch (y.DType)
        {
            case DType.Float32:
                IndexAdd<float>(source, dim, index, y);
                break;
            case DType.Float64:
                IndexAdd<double>(source, dim, index, y);
                break;
            case DType.Int64:
                IndexAdd<long>(source, dim, index, y);
                break;
            case DType.Int32:
                IndexAdd<int>(source, dim, index, y);
                break;
            default:
                IndexAdd<byte>(source, dim, index, y);
                break;
        }
        KeepAlive(source, index, y);
    }

    private static void IndexAdd<T>(Tensor source, int dim, Tensor index, Tensor y)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var (outer, axis, inner) = Around(y.Shape, dim);
        Kernels.Cpu.IndexAdd.Run((T*)source.Pointer, (long*)index.Pointer, (T*)y.Pointer,
            outer, axis, index.Count, inner);
    }
}
