using Nabla.Kernels.Cpu;

namespace Nabla.Tensors;

public sealed unsafe partial class CpuDevice
{
    /// <inheritdoc/>
    public void BatchNormTraining(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor variance, Tensor invStd, double epsilon, Tensor? residual = null,
        double? upper = null)
    {
        BatchNorm.Forward(x.DType, new()
        {
            X = Data<byte>(x),
            Weight = Data<byte>(weight),
            Bias = Data<byte>(bias),
            Y = Data<byte>(y),
            Mean = Data<byte>(mean),
            Variance = Data<byte>(variance),
            InvStd = Data<byte>(invStd),
            Residual = Data<byte>(residual),
            Shape = ByChannel(x.Shape),
            Epsilon = epsilon,
            Training = true,
            Upper = upper,
        });
        KeepAlive(x, weight, bias, y, mean, variance, invStd, residual);
    }

    /// <inheritdoc/>
    public void BatchNormInference(Tensor x, Tensor mean, Tensor variance, Tensor? weight,
        Tensor? bias, Tensor y, double epsilon)
    {
        BatchNorm.Forward(x.DType, new()
        {
            X = Data<byte>(x),
            Weight = Data<byte>(weight),
            Bias = Data<byte>(bias),
            Y = Data<byte>(y),
            Mean = Data<byte>(mean),
            Variance = Data<byte>(variance),
            Shape = ByChannel(x.Shape),
            Epsilon = epsilon,
        });
        KeepAlive(x, mean, variance, weight, bias, y);
    }

    /// <inheritdoc/>
    public void BatchNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias, double? upper = null, Tensor? bias = null,
        Tensor? joined = null, Tensor? other = null, Tensor? mask = null)
    {
        BatchNorm.Backward(x.DType, new()
        {
            Gy = Data<byte>(gy),
            X = Data<byte>(x),
            Weight = Data<byte>(weight),
            Mean = Data<byte>(mean),
            InvStd = Data<byte>(invStd),
            Gx = Data<byte>(gx),
            Gweight = Data<byte>(gweight),
            Gbias = Data<byte>(gbias),
            Upper = upper,
            Bias = Data<byte>(bias),
            Joined = Data<byte>(joined),
            Other = Data<byte>(other),
            Mask = Data<byte>(mask),
            Shape = ByChannel(x.Shape),
            Training = true,
        });
        KeepAlive(gy, x, weight, mean, invStd, gx, gweight, gbias, bias, joined, other, mask);
    }

    private static BatchNorm.Sizes ByChannel(Shape x)
    {
        var (samples, channels, length) = Around(x, 1);
        return new(samples, channels, length);
    }
}
