using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void BatchNormTraining(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor variance, Tensor invStd, double epsilon, Tensor? residual = null,
        double? upper = null)
    {
        if (x.DType == DType.Float32)
        {
            Train<float>(
                x, weight, bias, y, mean, variance, invStd, epsilon, residual, upper);
        }
        else
        {
            Train<double>(
                x, weight, bias, y, mean, variance, invStd, epsilon, residual, upper);
        }
    }

    /// <inheritdoc/>
    public void BatchNormInference(Tensor x, Tensor mean, Tensor variance, Tensor? weight,
        Tensor? bias, Tensor y, double epsilon)
    {
        if (x.DType == DType.Float32)
        {
            Infer<float>(x, mean, variance, weight, bias, y, epsilon);
        }
        else
        {
            Infer<double>(x, mean, variance, weight, bias, y, epsilon);
        }
    }

    /// <inheritdoc/>
    public void BatchNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias)
    {
        if (x.DType == DType.Float32)
        {
            Differentiate<float>(gy, x, weight, mean, invStd, gx, gweight, gbias);
        }
        else
        {
            Differentiate<double>(gy, x, weight, mean, invStd, gx, gweight, gbias);
        }
    }

    /// <inheritdoc/>
    public void BatchNormBackwardLimited(Tensor gy, Tensor x, Tensor? weight, Tensor? bias,
        Tensor mean, Tensor invStd, Tensor gx, Tensor? gweight, Tensor? gbias, double upper)
    {
        if (x.DType == DType.Float32)
        {
            Limited<float>(gy, x, weight, bias, mean, invStd, gx, gweight, gbias, upper);
        }
        else
        {
            Limited<double>(gy, x, weight, bias, mean, invStd, gx, gweight, gbias, upper);
        }
    }

    /// <inheritdoc/>
    public void BatchNormBackwardJoined(Tensor gy, Tensor? other, Tensor? mask, Tensor g,
        Tensor x, Tensor? weight, Tensor mean, Tensor invStd, Tensor gx, Tensor? gweight,
        Tensor? gbias)
    {
        if (x.DType == DType.Float32)
        {
            Join<float>(gy, other, mask, g, x, weight, mean, invStd, gx, gweight, gbias);
        }
        else
        {
            Join<double>(gy, other, mask, g, x, weight, mean, invStd, gx, gweight, gbias);
        }
    }

    private static void Train<T>(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor variance, Tensor invStd, double epsilon, Tensor? residual, double? upper)
        where T : unmanaged
    {
        var (samples, channels, length) = Around(x.Shape, 1);
        BatchNorm.ForwardTraining((T*)x.Pointer, Data<T>(weight), Data<T>(bias), (T*)y.Pointer,
            (T*)mean.Pointer, (T*)variance.Pointer, (T*)invStd.Pointer, samples, channels, length,
            epsilon, Data<T>(residual), upper);
        GC.KeepAlive(residual);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        GC.KeepAlive(y);
        GC.KeepAlive(mean);
        GC.KeepAlive(variance);
        GC.KeepAlive(invStd);
    }

    private static void Infer<T>(Tensor x, Tensor mean, Tensor variance, Tensor? weight,
        Tensor? bias, Tensor y, double epsilon) where T : unmanaged
    {
        var (samples, channels, length) = Around(x.Shape, 1);
        BatchNorm.ForwardInference((T*)x.Pointer, Data<T>(weight), Data<T>(bias),
            (T*)mean.Pointer, (T*)variance.Pointer, (T*)y.Pointer, samples, channels, length,
            epsilon);
        GC.KeepAlive(x);
        GC.KeepAlive(mean);
        GC.KeepAlive(variance);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        GC.KeepAlive(y);
    }

    private static void Differentiate<T>(Tensor gy, Tensor x, Tensor? weight, Tensor mean,
        Tensor invStd, Tensor gx, Tensor? gweight, Tensor? gbias) where T : unmanaged
    {
        var (samples, channels, length) = Around(x.Shape, 1);
        BatchNorm.Backward((T*)gy.Pointer, (T*)x.Pointer, Data<T>(weight), (T*)mean.Pointer,
            (T*)invStd.Pointer, (T*)gx.Pointer, Data<T>(gweight), Data<T>(gbias), samples,
            channels, length, training: true);
        GC.KeepAlive(gy);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(mean);
        GC.KeepAlive(invStd);
        GC.KeepAlive(gx);
        GC.KeepAlive(gweight);
        GC.KeepAlive(gbias);
    }

    private static void Limited<T>(Tensor gy, Tensor x, Tensor? weight, Tensor? bias, Tensor mean,
        Tensor invStd, Tensor gx, Tensor? gweight, Tensor? gbias, double upper)
        where T : unmanaged
    {
        var (samples, channels, length) = Around(x.Shape, 1);
        BatchNorm.BackwardLimited((T*)gy.Pointer, (T*)x.Pointer, Data<T>(weight), Data<T>(bias),
            (T*)mean.Pointer, (T*)invStd.Pointer, (T*)gx.Pointer, Data<T>(gweight),
            Data<T>(gbias), upper, samples, channels, length);
        GC.KeepAlive(gy);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        GC.KeepAlive(mean);
        GC.KeepAlive(invStd);
        GC.KeepAlive(gx);
        GC.KeepAlive(gweight);
        GC.KeepAlive(gbias);
    }

    private static void Join<T>(Tensor gy, Tensor? other, Tensor? mask, Tensor g, Tensor x,
        Tensor? weight, Tensor mean, Tensor invStd, Tensor gx, Tensor? gweight, Tensor? gbias)
        where T : unmanaged
    {
        var (samples, channels, length) = Around(x.Shape, 1);
        BatchNorm.BackwardJoined((T*)gy.Pointer, Data<T>(other), Data<T>(mask), (T*)g.Pointer,
            (T*)x.Pointer, Data<T>(weight), (T*)mean.Pointer, (T*)invStd.Pointer,
            (T*)gx.Pointer, Data<T>(gweight), Data<T>(gbias), samples, channels, length);
        GC.KeepAlive(gy);
        GC.KeepAlive(other);
        GC.KeepAlive(mask);
        GC.KeepAlive(g);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(mean);
        GC.KeepAlive(invStd);
        GC.KeepAlive(gx);
        GC.KeepAlive(gweight);
        GC.KeepAlive(gbias);
    }
}
