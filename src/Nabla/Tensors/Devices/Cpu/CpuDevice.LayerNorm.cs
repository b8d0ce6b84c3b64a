namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void LayerNorm(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor invStd, double epsilon)
    {
        if (x.DType == DType.Float32)
        {
            LayerNorm<float>(x, weight, bias, y, mean, invStd, epsilon);
        }
        else
        {
            LayerNorm<double>(x, weight, bias, y, mean, invStd, epsilon);
        }
    }

    /// <inheritdoc/>
    public void LayerNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias, Tensor? gxSum)
    {
        if (x.DType == DType.Float32)
        {
            LayerNormBackward<float>(gy, x, weight, mean, invStd, gx, gweight, gbias, gxSum);
        }
        else
        {
            LayerNormBackward<double>(gy, x, weight, mean, invStd, gx, gweight, gbias, gxSum);
        }
    }

    private static void LayerNorm<T>(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor invStd, double epsilon)
        where T : unmanaged
    {
        Kernels.Cpu.LayerNorm.Forward((T*)x.Pointer, Data<T>(weight), Data<T>(bias),
            (T*)y.Pointer, (T*)mean.Pointer, (T*)invStd.Pointer, mean.Count,
            x.Count / Math.Max(1, mean.Count), epsilon);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        GC.KeepAlive(y);
        GC.KeepAlive(mean);
        GC.KeepAlive(invStd);
    }

    private static void LayerNormBackward<T>(Tensor gy, Tensor x, Tensor? weight, Tensor mean,
        Tensor invStd, Tensor gx, Tensor? gweight, Tensor? gbias, Tensor? gxSum)
        where T : unmanaged
    {
        Kernels.Cpu.LayerNorm.Backward((T*)gy.Pointer, (T*)x.Pointer, Data<T>(weight),
            (T*)mean.Pointer, (T*)invStd.Pointer, (T*)gx.Pointer, Data<T>(gweight),
            Data<T>(gbias), Data<T>(gxSum), mean.Count,
            weight is null ? x.Count / Math.Max(1, mean.Count) : weight.Count);
        GC.KeepAlive(gy);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(mean);
        GC.KeepAlive(invStd);
        GC.KeepAlive(gx);
        GC.KeepAlive(gweight);
        GC.KeepAlive(gbias);
        GC.KeepAlive(gxSum);
    }
}
