using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void Linear(Tensor x, Tensor w, Tensor? b, Tensor y)
    {
        if (y.DType == DType.Float64)
        {
            Linear<double>(x, w, b, y);
        }
        else
        {
            Linear<float>(x, w, b, y);
        }
        KeepAlive(x, w, b, y);
    }

    /// <inheritdoc/>
    public void FusedLinear(
        Tensor x, Tensor w, Tensor? b, Tensor y, bool relu = true, Tensor? residual = null)
    {
        Linear<float>(x, w, b, y, relu ? GemmActivation.Relu : GemmActivation.None, residual);
        KeepAlive(x, w, b, y, residual);
    }

    /// <inheritdoc/>
    public void FusedMatMul(
        Tensor a, Tensor b, Tensor? residual, Tensor? mask, Tensor y, Tensor? sums)
    {
        Gemm.Run(y.Shape[0], y.Shape[1], a.Shape[1],
            (float*)a.Pointer, (nint)a.Strides[0], (nint)a.Strides[1],
            (float*)b.Pointer, (nint)b.Strides[0], (nint)b.Strides[1],
            (float*)y.Pointer, (nint)y.Strides[0],
            new GemmEpilogue
            {
                Residual = Address(residual),
                Mask = Address(mask),
                ColumnSums = Address(sums),
            });
        KeepAlive(a, b, residual, mask, y, sums);
    }

    private static void Linear<T>(Tensor x, Tensor w, Tensor? b, Tensor y,
        GemmActivation activation = GemmActivation.None, Tensor? residual = null)
        where T : unmanaged =>
        Gemm.Run(y.Shape[0], y.Shape[1], x.Shape[1],
            (T*)x.Pointer, (nint)x.Strides[0], (nint)x.Strides[1],
            (T*)w.Pointer, (nint)w.Strides[1], (nint)w.Strides[0],
            (T*)y.Pointer, (nint)y.Strides[0],
            new GemmEpilogue
            {
                ColumnBias = b is null ? null : b.Pointer,
                Activation = activation,
                Residual = Address(residual),
            });
}
