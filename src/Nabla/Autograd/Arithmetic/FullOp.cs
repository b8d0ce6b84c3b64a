using Nabla.Tensors;

namespace Nabla.Autograd.Arithmetic;

/// <summary>A tensor with the same value everywhere.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="Value">The value.</param>
/// <param name="Type">Its element type.</param>
public sealed record FullOp(Shape Shape, double Value, DType Type) : Op
{
    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(Shape, Type);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Device.Fill(Value, y[0]);
}
