namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y = (x − mean)·weight / √(variance + ε) + bias of x (N, C, …) by the batch's own mean and
    /// (biased) variance per channel, which are written, as is 1 / √(variance + ε). A residual of
    /// x's shape may be added to y, and y be limited from 0 to <paramref name="upper"/>.
    /// </summary>
    void BatchNormTraining(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean,
        Tensor variance, Tensor invStd, double epsilon, Tensor? residual = null,
        double? upper = null);

    /// <summary>y = (x − mean)·weight / √(variance + ε) + bias by given statistics.</summary>
    void BatchNormInference(Tensor x, Tensor mean, Tensor variance, Tensor? weight, Tensor? bias,
        Tensor y, double epsilon);

    /// <summary>
    /// The gradients of <see cref="BatchNormTraining"/> for x, weight and bias, from gy, x and
    /// what the forward wrote.
    /// </summary>
    void BatchNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias);

    /// <summary>
    /// The same with gy where the forward's y, limited from 0 to <paramref name="upper"/>, let it
    /// pass, else 0; y is computed again from x, weight and bias.
    /// </summary>
    void BatchNormBackwardLimited(Tensor gy, Tensor x, Tensor? weight, Tensor? bias, Tensor mean,
        Tensor invStd, Tensor gx, Tensor? gweight, Tensor? gbias, double upper);

    /// <summary>
    /// The same with g = gy + other, and 0 where the mask is not above 0, instead of gy; writes g,
    /// too. Other and mask have gy's shape and may be null.
    /// </summary>
    void BatchNormBackwardJoined(Tensor gy, Tensor? other, Tensor? mask, Tensor g, Tensor x,
        Tensor? weight, Tensor mean, Tensor invStd, Tensor gx, Tensor? gweight, Tensor? gbias);
}
