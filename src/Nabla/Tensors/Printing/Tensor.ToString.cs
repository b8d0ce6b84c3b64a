namespace Nabla.Tensors;

public partial class Tensor
{
    /// <summary>
    /// The elements as NumPy prints them: aligned, and summarised when there are more than 1,000.
    /// During a capture, when there is no value, the shape and the type.
    /// </summary>
    public override string ToString() => TensorFormat.Of(this);
}
