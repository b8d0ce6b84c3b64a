using Nabla.Tensors;

namespace Nabla.Autograd.Arithmetic;

/// <summary>A view of x with another shape, in which dimensions of size 1 repeat.</summary>
/// <param name="Target">The larger shape.</param>
public sealed record ExpandOp(Shape Target) : ViewOp
{
    /// <inheritdoc/>
    public override Layout View(Tensor x)
    {
        if (!x.Shape.ExpandsTo(Target))
        {
            throw new ArgumentException($"Expand: the shape {x.Shape} does not expand to {Target}; "
                + "only sizes of 1 repeat, counted from the last dimension");
        }
        var strides = new long[Target.Rank];
        var lead = Target.Rank - x.Rank;
        for (var i = 0; i < x.Rank; i++)
        {
            strides[lead + i] = x.Shape.Dims[i] == 1 && Target.Dims[lead + i] != 1
                ? 0
                : x.Strides[i];
        }
        return new Layout(Target, strides, x.Layout.Offset);
    }

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [SumToOp.Of(b.Grad, b.InputSpec().Shape)];
}
