using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// A step of <see cref="SGD"/> in one pass: from a parameter, its gradient, the rate, the number
/// of the step and, with momentum, the velocity to the parameter and the velocity after it.
/// </summary>
/// <param name="Settings">The constants.</param>
/// <param name="HasVelocity">Whether there is momentum.</param>
internal sealed record SGDUpdateOp(SgdSettings Settings, bool HasVelocity) : Op, ITakesProduct
{
    /// <inheritdoc/>
    public override string Name => TakesProduct ? "SGDUpdate[MatMul]" : base.Name;

    /// <inheritdoc/>
    public bool TakesProduct { get; private init; }

    /// <inheritdoc/>
    public override int OutputCount => HasVelocity ? 2 : 1;

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override bool IsPointwise => !TakesProduct;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => TakesProduct && input is 1 or 2;

    /// <inheritdoc/>
    public override bool MayOverwrite(int output, int input) => !AcceptsStrides(input);

    /// <inheritdoc/>
    public Op WithProduct() => this with { TakesProduct = true };

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y) =>
        y.Fill(TensorSpec.Of(x[0]));

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var gradient = new GradientSource(x[1], TakesProduct ? x[2] : null);
        var rest = x[(TakesProduct ? 3 : 2)..];
        x[0].Device.SgdUpdate(Settings, x[0], gradient, HasVelocity ? rest[2] : null, rest[0],
            rest[1], y[0], HasVelocity ? y[1] : null);
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
}
