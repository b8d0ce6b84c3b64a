namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y = (x − mean)·weight / √(variance + ε) + bias of x (N, C, …) by the batch's own mean and
    /// (biased) variance per channel, which are written, as is 1 / √(variance + ε).
    /// </summary>
    void BatchNormTraining(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor variance, Tensor invStd, double epsilon);

    /// <summary>y = (x − mean)·weight / √(variance + ε) + bias by given statistics.</summary>
    void BatchNormInference(Tensor x, Tensor mean, Tensor variance, Tensor? weight, Tensor? bias,
        Tensor y, double epsilon);

    /// <summary>
    /// The gradients of <see cref="BatchNormTraining"/> for x, weight and bias, from gy, x and
    /// what the forward wrote.
    /// </summary>
    void BatchNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias);
}
