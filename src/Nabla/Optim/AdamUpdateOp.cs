using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// A step of <see cref="Adam"/> or <see cref="AdamW"/> in one pass: from a parameter, its gradient,
/// its moments, the rate and the number of the step to the parameter and the moments after it.
/// </summary>
/// <param name="Settings">The constants.</param>
internal sealed record AdamUpdateOp(AdamSettings Settings) : Op, ITakesProduct
{
    /// <inheritdoc/>
    public override string Name => TakesProduct ? "AdamUpdate[MatMul]" : base.Name;

    /// <inheritdoc/>
    public bool TakesProduct { get; private init; }

    /// <inheritdoc/>
    public override int OutputCount => 3;

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
        x[0].Device.AdamUpdate(Settings, x[0], gradient, rest[0], rest[1], rest[2], rest[3],
            y[0], y[1], y[2]);
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
}
