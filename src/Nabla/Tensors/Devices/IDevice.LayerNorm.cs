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

    /// <summary>The gradients of layer normalization; gweight and gbias may be null.</summary>
    void LayerNormBackward(Tensor gy, Tensor x, Tensor? weight, Tensor mean, Tensor invStd,
        Tensor gx, Tensor? gweight, Tensor? gbias);
}
