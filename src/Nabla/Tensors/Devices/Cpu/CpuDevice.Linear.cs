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
        GC.KeepAlive(x);
        GC.KeepAlive(w);
        GC.KeepAlive(b);
        GC.KeepAlive(y);
    }

    /// <inheritdoc/>
    public void FusedLinear(Tensor x, Tensor w, Tensor? b, Tensor y)
    {
        Linear<float>(x, w, b, y, GemmActivation.Relu);
        GC.KeepAlive(x);
        GC.KeepAlive(w);
        GC.KeepAlive(b);
        GC.KeepAlive(y);
    }

    private static void Linear<T>(Tensor x, Tensor w, Tensor? b, Tensor y,
        GemmActivation activation = GemmActivation.None) where T : unmanaged =>
        Gemm.Run(y.Shape[0], y.Shape[1], x.Shape[1],
            (T*)x.Pointer, (nint)x.Strides[0], (nint)x.Strides[1],
            (T*)w.Pointer, (nint)w.Strides[1], (nint)w.Strides[0],
            (T*)y.Pointer, y.Shape[1],
            new GemmEpilogue
            {
                ColumnBias = b is null ? null : b.Pointer,
                Activation = activation,
            });
}
