using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>What is known of a value before it is computed.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="DType">Its element type.</param>
public readonly record struct TensorSpec(Shape Shape, DType DType)
{
    /// <summary>The spec of a tensor.</summary>
    public static TensorSpec Of(Tensor x) => new(x.Shape, x.DType);
}
