using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void GroupNorm(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor invStd, double epsilon)
    {
        if (x.DType == DType.Float32)
        {
            GroupNorm<float>(x, weight, bias, y, mean, invStd, epsilon);
        }
        else
        {
            GroupNorm<double>(x, weight, bias, y, mean, invStd, epsilon);
        }
    }

    /// <inheritdoc/>
    public void GroupNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias)
    {
        if (x.DType == DType.Float32)
        {
            GroupNormBackward<float>(gy, x, weight, mean, invStd, gx, gweight, gbias);
        }
        else
        {
            GroupNormBackward<double>(gy, x, weight, mean, invStd, gx, gweight, gbias);
        }
    }

    private static void GroupNorm<T>(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor invStd, double epsilon)
        where T : unmanaged
    {
        Kernels.Cpu.GroupNorm.Forward((T*)x.Pointer, Data<T>(weight), Data<T>(bias),
            (T*)y.Pointer, (T*)mean.Pointer, (T*)invStd.Pointer, GroupsOf(x.Shape, mean.Shape),
            epsilon);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        GC.KeepAlive(y);
        GC.KeepAlive(mean);
        GC.KeepAlive(invStd);
    }

    private static void GroupNormBackward<T>(Tensor gy, Tensor x, Tensor? weight, Tensor mean,
        Tensor invStd, Tensor gx, Tensor? gweight, Tensor? gbias)
        where T : unmanaged
    {
        Kernels.Cpu.GroupNorm.Backward((T*)gy.Pointer, (T*)x.Pointer, Data<T>(weight),
            (T*)mean.Pointer, (T*)invStd.Pointer, (T*)gx.Pointer, Data<T>(gweight),
            Data<T>(gbias), GroupsOf(x.Shape, mean.Shape));
        GC.KeepAlive(gy);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(mean);
        GC.KeepAlive(invStd);
        GC.KeepAlive(gx);
        GC.KeepAlive(gweight);
        GC.KeepAlive(gbias);
    }

    private static GroupNormShape GroupsOf(Shape x, Shape mean)
    {
        var pixels = 1L;
        foreach (var size in x.Dims[2..])
        {
            pixels *= size;
        }
        return new GroupNormShape(x[0], x[1], pixels, mean[1]);
    }
}
