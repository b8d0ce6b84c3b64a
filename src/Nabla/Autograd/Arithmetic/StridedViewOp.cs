using Nabla.Tensors;

namespace Nabla.Autograd.Arithmetic;

/// <summary>
/// A view of a contiguous base by sizes and strides: how a view is found again after its base was
/// written in place.
/// </summary>
/// <param name="Target">The view's layout, in the base's storage.</param>
/// <param name="Base">The base's layout.</param>
public sealed record StridedViewOp(Layout Target, Layout Base) : ViewOp
{
    /// <inheritdoc/>
    public override Layout View(Tensor x) =>
        Target with { Offset = Target.Offset - Base.Offset + x.Layout.Offset };

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var zeros = new FullOp(Base.Shape, 0, b.Grad.DType).Apply();
        return [new StridedScatterOp(Target, Base).Apply(zeros, b.Grad)];
    }
}

/// <summary>A copy of a contiguous base, with the elements under a view replaced by
/// values.</summary>
/// <param name="Target">The view's layout, in the base's storage.</param>
/// <param name="Base">The base's layout.</param>
public sealed record StridedScatterOp(Layout Target, Layout Base) : Op
{
    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => input == 1;

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        y[0].Device.Copy(x[0], y[0]);
        var target = Target with { Offset = Target.Offset - Base.Offset + y[0].Layout.Offset };
        y[0].Device.Copy(x[1], y[0].Alias(target));
    }

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var view = new StridedViewOp(Target, Base).Apply(Arithmetic.DenseOp.Of(b.Grad));
        var zeros = new FullOp(Target.Shape, 0, b.Grad.DType).Apply();
        return [new StridedScatterOp(Target, Base).Apply(b.Grad, zeros), view];
    }
}
