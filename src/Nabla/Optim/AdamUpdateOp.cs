using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// A step of <see cref="Adam"/> or <see cref="AdamW"/> in one pass: from a parameter, its gradient,
/// its moments, the rate and the number of the step to the parameter and the moments after it.
/// </summary>
/// <param name="Settings">The constants.</param>
internal sealed record AdamUpdateOp(AdamSettings Settings) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => 3;

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override bool IsPointwise => true;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y) =>
        y.Fill(TensorSpec.Of(x[0]));

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.AdamUpdate(Settings, x[0], x[1], x[2], x[3], x[4], x[5], y[0], y[1], y[2]);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
}
