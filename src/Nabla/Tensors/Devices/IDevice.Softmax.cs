namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>y = softmax of x along an axis, or its logarithm; both contiguous.</summary>
    void Softmax(Tensor x, Tensor y, int axis, bool log);

    /// <summary>gx = the gradient of gy through a softmax (or its logarithm) with output y.
    /// </summary>
    void SoftmaxBackward(Tensor gy, Tensor y, Tensor gx, int axis, bool log);
}
