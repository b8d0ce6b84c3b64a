namespace Nabla.Tensors;

public partial interface IDevice
{
    /// <summary>
    /// A step of Adam on a parameter x with its gradient and moments, float32 or float64 and
    /// contiguous. The rate and the number of the step are float64 (). An output may share its
    /// input's memory.
    /// </summary>
    void AdamUpdate(in AdamSettings settings, Tensor x, GradientSource gradient, Tensor m, Tensor v,
        Tensor rate, Tensor step, Tensor newX, Tensor newM, Tensor newV);
}
