namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void LayerNorm(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor invStd, double epsilon)
    {
        Kernels.Cpu.LayerNorm.Forward(x.DType, x.Pointer, Address(weight), Address(bias),
            y.Pointer, mean.Pointer, invStd.Pointer, mean.Count,
            x.Count / Math.Max(1, mean.Count), epsilon);
        KeepAlive(x, weight, bias, y, mean, invStd);
    }

    /// <inheritdoc/>
    public void LayerNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias, Tensor? gxSum)
    {
        Kernels.Cpu.LayerNorm.Backward(x.DType, gy.Pointer, x.Pointer, Address(weight),
            mean.Pointer, invStd.Pointer, gx.Pointer, Address(gweight), Address(gbias),
            Address(gxSum), mean.Count,
            weight is null ? x.Count / Math.Max(1, mean.Count) : weight.Count);
        KeepAlive(gy, x, weight, mean, invStd, gx, gweight, gbias, gxSum);
    }
}
