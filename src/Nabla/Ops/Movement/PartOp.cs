using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A view of some of its input's elements, each at most once. Its gradient lies where
/// they lay, among zeros (<see cref="EmbedOp"/>).</summary>
public abstract record PartOp : ViewOp
{
    /// <summary>The part's layout, given the whole's.</summary>
    public abstract Layout Of(Layout whole);

    /// <inheritdoc/>
    public sealed override Layout View(Tensor x) => Of(x.Layout);

    /// <inheritdoc/>
    public sealed override Tensor?[] Backward(Backprop b) =>
        [new EmbedOp(this, b.InputSpec().Shape).Apply(b.Grad)];
}

/// <summary>Zeros of a shape, in which x is the given part.</summary>
/// <param name="Part">Where x lies.</param>
/// <param name="Shape">The output's shape.</param>
public sealed record EmbedOp(PartOp Part, Shape Shape) : Op
{
    private readonly Layout _target = Part.Of(Layout.Contiguous(Shape));

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Device.Embed(x[0], _target, y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Part.Apply(b.Grad)];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(Shape, x[0].DType);
}
