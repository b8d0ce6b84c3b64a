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
    /// <param name="gy">The gradient of y.</param>
    /// <param name="x">The forward's input.</param>
    /// <param name="weight">(C), or null for 1.</param>
    /// <param name="mean">(C), as the forward wrote it.</param>
    /// <param name="invStd">(C), as the forward wrote it.</param>
    /// <param name="gx">Where x's gradient goes.</param>
    /// <param name="gweight">Where the weight's goes, or null.</param>
    /// <param name="gbias">Where the bias's goes, or null.</param>
    /// <param name="upper">If given, gy counts only where the forward's y, limited from 0 to this,
    /// let it pass; y is computed again from x, weight and bias.</param>
    /// <param name="bias">(C), or null for 0.</param>
    /// <param name="joined">If given, g = gy + other, and 0 where the mask is not above 0, is taken
    /// instead of gy, and written here.</param>
    /// <param name="other">Of gy's shape, or null.</param>
    /// <param name="mask">Of gy's shape, or null.</param>
    void BatchNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias, double? upper = null, Tensor? bias = null,
        Tensor? joined = null, Tensor? other = null, Tensor? mask = null);
}
