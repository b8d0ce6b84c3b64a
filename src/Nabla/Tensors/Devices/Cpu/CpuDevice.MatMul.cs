using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void MatMul(Tensor a, Tensor b, Tensor y)
    {
        switch (y.DType)
        {
            case DType.Float32:
                MatMul<float>(a, b, y);
                break;
            case DType.Float64:
                MatMul<double>(a, b, y);
                break;
            case DType.Int64:
                MatMul<long>(a, b, y);
                break;
            case DType.Int32:
                MatMul<int>(a, b, y);
                break;
            default:
                MatMul<byte>(a, b, y);
                break;
        }
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(y);
    }

    private static void MatMul<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged
    {
        int m = y.Shape[^2], n = y.Shape[^1], k = a.Shape[^1];
        var lead = y.Rank - 2;
        if (lead == 1)
        {
            Gemm.Batched(y.Shape[0], m, n, k,
                (T*)a.Pointer, (nint)a.Strides[0], (nint)a.Strides[1], (nint)a.Strides[2],
                (T*)b.Pointer, (nint)b.Strides[0], (nint)b.Strides[1], (nint)b.Strides[2],
                (T*)y.Pointer, (nint)m * n, n, default);
            return;
        }
        var count = 1L;
        for (var i = 0; i < lead; i++)
        {
            count *= y.Shape.Dims[i];
        }
        for (var i = 0L; i < count; i++)
        {
            Gemm.Run(m, n, k,
                (T*)a.Pointer + BatchOffset(a, y.Shape, lead, i),
                (nint)a.Strides[^2], (nint)a.Strides[^1],
                (T*)b.Pointer + BatchOffset(b, y.Shape, lead, i),
                (nint)b.Strides[^2], (nint)b.Strides[^1],
                (T*)y.Pointer + (i * m * n), n, default);
        }
    }

    private static long BatchOffset(Tensor x, Shape shape, int lead, long index)
    {
        var offset = 0L;
        for (var i = lead - 1; i >= 0; i--)
        {
            offset += index % shape.Dims[i] * x.Strides[i];
            index /= shape.Dims[i];
        }
        return offset;
    }
}
