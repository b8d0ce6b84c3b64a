namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// y = (x − mean)·invStd·weight + bias by rows, x (rows, n) with as many rows as mean and
    /// invStd have elements; writes mean and invStd = 1 / √(variance + ε). All contiguous; weight
    /// and bias may be null.
    /// </summary>
    void LayerNorm(Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor mean, Tensor invStd,
        double epsilon);

    /// <summary>
    /// The gradients of layer normalization, and the sum of gx over rows; gx may be the memory of
    /// gy. Each sum may be null.
    /// </summary>
    void LayerNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias, Tensor? gxSum);
}
