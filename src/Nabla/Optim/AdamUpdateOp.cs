using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// A step of <see cref="Adam"/> or <see cref="AdamW"/> in one pass: from a parameter, its gradient,
/// its moments, the rate and the number of the step to the parameter and the moments after it.
/// </summary>
/// <param name="Settings">The constants.</param>
internal sealed record AdamUpdateOp(AdamSettings Settings) : UpdateOp
{
    /// <inheritdoc/>
    public override int OutputCount => 3;

    /// <inheritdoc/>
    protected override void Forward(
        Tensor x, GradientSource gradient, ReadOnlySpan<Tensor> others, ReadOnlySpan<Tensor> y) =>
        x.Device.AdamUpdate(Settings, x, gradient, others[0], others[1], others[2], others[3],
            y[0], y[1], y[2]);
}
