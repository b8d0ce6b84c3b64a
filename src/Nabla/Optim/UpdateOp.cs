using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Optim;

/// <summary>
/// An optimizer's step in one pass: from a parameter, its gradient or the gradient's two factors,
/// and what else it needs, to the parameter and what is kept of it.
/// </summary>
internal abstract record UpdateOp : Op, ITakesProduct
{
    /// <inheritdoc/>
    public override string Name => TakesProduct ? $"{base.Name}[MatMul]" : base.Name;

    /// <inheritdoc/>
    public bool TakesProduct { get; private init; }

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
        Forward(x[0], gradient, x[(TakesProduct ? 3 : 2)..], y);
    }

    /// <summary>The step of a parameter, with the inputs behind its gradient.</summary>
    protected abstract void Forward(
        Tensor x, GradientSource gradient, ReadOnlySpan<Tensor> others, ReadOnlySpan<Tensor> y);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
}
