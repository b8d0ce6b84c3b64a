namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y = (x − mean)·invStd·weight + bias, x (N, C, …), by groups: mean and invStd =
    /// 1 / √(variance + ε), which it writes, are (N, groups). All contiguous; weight and bias (C)
    /// may be null.
    /// </summary>
    void GroupNorm(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean, Tensor invStd,
        double epsilon);

    /// <summary>The gradients of group normalization; weight, gweight and gbias are all null, or
    /// none is.</summary>
    void GroupNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias);
}
