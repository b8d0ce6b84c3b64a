using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// A step of <see cref="SGD"/> in one pass: from a parameter, its gradient, the rate, the number
/// of the step and, with momentum, the velocity to the parameter and the velocity after it.
/// </summary>
/// <param name="Settings">The constants.</param>
/// <param name="HasVelocity">Whether there is momentum.</param>
internal sealed record SGDUpdateOp(SgdSettings Settings, bool HasVelocity) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => HasVelocity ? 2 : 1;

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override bool IsPointwise => true;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y) =>
        y.Fill(TensorSpec.Of(x[0]));

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.SgdUpdate(Settings, x[0], x[1], HasVelocity ? x[4] : null, x[2], x[3], y[0],
            HasVelocity ? y[1] : null);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
}
