using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The row-major places of cells (x₀, x₁, …) in a box; negative coordinates count from the end. The
/// inputs are int64 and of one shape.
/// </summary>
/// <param name="Box">The box's sizes, one an input.</param>
public sealed record LinearIndexOp(Shape Box) : Op
{
    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Device.LinearIndex(x, Box, y[0]);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
}
