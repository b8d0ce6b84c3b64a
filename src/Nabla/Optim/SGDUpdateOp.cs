using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// A step of <see cref="SGD"/> in one pass: from a parameter, its gradient, the rate, the number
/// of the step and, with momentum, the velocity to the parameter and the velocity after it.
/// </summary>
/// <param name="Settings">The constants.</param>
/// <param name="HasVelocity">Whether there is momentum.</param>
internal sealed record SGDUpdateOp(SgdSettings Settings, bool HasVelocity) : UpdateOp
{
    /// <inheritdoc/>
    public override int OutputCount => HasVelocity ? 2 : 1;

    /// <inheritdoc/>
    protected override void Forward(
        Tensor x, GradientSource gradient, ReadOnlySpan<Tensor> others, ReadOnlySpan<Tensor> y) =>
        x.Device.SgdUpdate(Settings, x, gradient, HasVelocity ? others[2] : null, others[0],
            others[1], y[0], HasVelocity ? y[1] : null);
}
