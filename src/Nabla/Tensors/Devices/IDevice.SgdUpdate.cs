namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// A step of gradient descent on a parameter x with its gradient and its velocity, if there is
    /// one: float32 or float64 and contiguous. The rate and the number of the step are float64 ().
    /// An output may share its input's memory.
    /// </summary>
    void SgdUpdate(in SgdSettings settings, Tensor x, GradientSource gradient, Tensor? velocity,
        Tensor rate, Tensor step, Tensor newX, Tensor? newVelocity);
}
