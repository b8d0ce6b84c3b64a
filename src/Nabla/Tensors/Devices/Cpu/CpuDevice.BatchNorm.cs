using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void BatchNormTraining(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor variance, Tensor invStd, double epsilon)
    {
        if (x.DType == DType.Float32)
        {
            Train<float>(x, weight, bias, y, mean, variance, invStd, epsilon);
        }
        else
        {
            Train<double>(x, weight, bias, y, mean, variance, invStd, epsilon);
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

    private static void Train<T>(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor variance, Tensor invStd, double epsilon) where T : unmanaged
    {
        var (samples, channels, length) = Around(x.Shape, 1);
        BatchNorm.ForwardTraining((T*)x.Pointer, Data<T>(weight), Data<T>(bias), (T*)y.Pointer,
            (T*)mean.Pointer, (T*)variance.Pointer, (T*)invStd.Pointer, samples, channels, length,
            epsilon);
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
}
