using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Windows of a dimension, side by side in a new last dimension: a view.</summary>
/// <param name="Dim">The dimension, not negative; it becomes the number of windows.</param>
/// <param name="Size">Elements a window has.</param>
/// <param name="Step">From one window's start to the next.</param>
public sealed record UnfoldOp(int Dim, long Size, long Step) : ViewOp
{
    /// <inheritdoc/>
    public override Layout View(Tensor x)
    {
        var strides = x.Strides.ToArray();
        strides[Dim] *= Step;
        var windows = ((x.Shape.Dims[Dim] - Size) / Step) + 1;
        return new Layout(x.Shape.With(Dim, windows).Insert(x.Rank, Size),
            [.. strides, x.Strides[Dim]], x.Layout.Offset);
    }

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        // Windows overlap: each element sums the gradients of all that show it.
        var shape = b.InputSpec().Shape;
        var windows = ((shape.Dims[Dim] - Size) / Step) + 1;
        var places = new long[windows * Size];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = (i / Size * Step) + (i % Size);
        }
        var zeros = new FullOp(shape, 0, b.Grad.DType).Apply();
        var cells = b.Grad.MoveDim(-1, Dim + 1).Flatten(Dim, Dim + 1);
        return [new IndexAddOp(Dim).Apply(zeros, Tensor.From(places), cells)];
    }
}

/// <summary><see cref="UnfoldOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class UnfoldOps
{
    extension(Tensor x)
    {
        /// <summary>A view of all windows of a dimension: it becomes their number
        /// ⌊(n − size) / step⌋ + 1, and a new last dimension has their elements.</summary>
        /// <exception cref="ArgumentException">The window is larger than the dimension, or the size
        /// or the step is below 1.</exception>
        public Tensor Unfold(int dim, long size, long step)
        {
            var axis = x.Shape.Axis(dim);
            if (size < 1 || step < 1 || size > x.Shape.Dims[axis])
            {
                throw new ArgumentException($"Unfold: windows of {size} at steps of {step} do not "
                    + $"fit dimension {dim} of shape {x.Shape}; both are at least 1, and a window "
                    + "is no larger than the dimension");
            }
            return new UnfoldOp(axis, size, step).Apply(x);
        }
    }
}
