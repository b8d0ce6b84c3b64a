namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Scatter(Tensor source, int dim, Tensor index, Tensor y)
    {
        var (outer, axis, inner) = Around(y.Shape, dim);
        Kernels.Cpu.Scatter.Write(source.Pointer, (long*)index.Pointer, y.Pointer,
            outer, axis, index.Shape.Dims[dim], inner, y.DType.Size);
        KeepAlive(source, index, y);
    }

    /// <inheritdoc/>
    public void ScatterAdd(Tensor source, int dim, Tensor index, Tensor y)
    {
        switch (y.DType)
        {
            case DType.Float32:
                ScatterAdd<float>(source, dim, index, y);
                break;
            case DType.Float64:
                ScatterAdd<double>(source, dim, index, y);
                break;
            case DType.Int64:
                ScatterAdd<long>(source, dim, index, y);
                break;
            case DType.Int32:
                ScatterAdd<int>(source, dim, index, y);
                break;
            default:
                ScatterAdd<byte>(source, dim, index, y);
                break;
        }
        KeepAlive(source, index, y);
    }

    private static void ScatterAdd<T>(Tensor source, int dim, Tensor index, Tensor y)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var (outer, axis, inner) = Around(y.Shape, dim);
        Kernels.Cpu.Scatter.Add((T*)source.Pointer, (long*)index.Pointer, (T*)y.Pointer,
            outer, axis, index.Shape.Dims[dim], inner);
    }
}
