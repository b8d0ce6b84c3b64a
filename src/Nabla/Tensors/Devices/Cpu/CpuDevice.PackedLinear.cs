using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public bool PaysPackedLinear(long rows, Shape weight) =>
        rows <= int.MaxValue && PackedGemm.Pays((int)rows, weight[0], weight[1]);

    /// <inheritdoc/>
    public Tensor PackLinear(Tensor w)
    {
        var packed = Tensor.Empty(
            new Shape(PackedGemm.Size(w.Shape[0], w.Shape[1])), DType.Float32, this);
        PackedGemm.Pack(w.Shape[0], w.Shape[1], (float*)w.Pointer, (nint)w.Strides[1],
            (nint)w.Strides[0], (float*)packed.Pointer);
        GC.KeepAlive(w);
        return packed;
    }

    /// <inheritdoc/>
    public void PackedLinear(
        Tensor x, Tensor packed, Tensor? b, Tensor y, bool relu, Tensor? residual)
    {
        PackedGemm.Run(y.Shape[0], y.Shape[1], x.Shape[1],
            (float*)x.Pointer, (nint)x.Strides[0], (nint)x.Strides[1],
            (float*)packed.Pointer, (float*)y.Pointer, y.Shape[1],
            new GemmEpilogue
            {
                ColumnBias = Address(b),
                Activation = relu ? GemmActivation.Relu : GemmActivation.None,
                Residual = Address(residual),
            });
        KeepAlive(x, packed, b, y, residual);
    }
}
