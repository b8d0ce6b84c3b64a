namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void GroupNorm(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor invStd, double epsilon)
    {
        Kernels.Cpu.GroupNorm.Forward(x.DType, x.Pointer, Address(weight), Address(bias),
            y.Pointer, mean.Pointer, invStd.Pointer, GroupsOf(x.Shape, mean.Shape), epsilon);
        KeepAlive(x, weight, bias, y, mean, invStd);
    }

    /// <inheritdoc/>
    public void GroupNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias)
    {
        Kernels.Cpu.GroupNorm.Backward(x.DType, gy.Pointer, x.Pointer, Address(weight),
            mean.Pointer, invStd.Pointer, gx.Pointer, Address(gweight), Address(gbias),
            GroupsOf(x.Shape, mean.Shape));
        KeepAlive(gy, x, weight, mean, invStd, gx, gweight, gbias);
    }

    private static Kernels.Cpu.GroupNormShape GroupsOf(Shape x, Shape mean)
    {
        var (samples, channels, pixels) = Around(x, 1);
        return new(samples, channels, pixels, mean[1]);
    }
}
