using System.Diagnostics;
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
            case DType.UInt8:
                MatMul<byte>(a, b, y);
                break;
            default:
                throw new UnreachableException($"MatMul of {y.DType.Name}");
        }
        KeepAlive(a, b, y);
    }

    private static void MatMul<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged
    {
        var lead = y.Rank - 2;
        Gemm.Batched(
            new BatchLayout(y.Shape.Dims[..lead], a.Strides[..lead], b.Strides[..lead]),
            y.Shape[^2], y.Shape[^1], a.Shape[^1],
            (T*)a.Pointer, (nint)a.Strides[^2], (nint)a.Strides[^1],
            (T*)b.Pointer, (nint)b.Strides[^2], (nint)b.Strides[^1],
            (T*)y.Pointer);
    }
}
