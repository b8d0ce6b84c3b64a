using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A copy of x with slices replaced: y[o, index[j], i] = source[o, j, i].</summary>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record IndexCopyOp(int Dim) : IndexedWriteOp(Dim)
{
    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var shape = b.InputSpec(2).Shape;
        return
        [
            b.Needs(0)
                ? Apply(b.Grad, b.X(1), Tensor.Zeros(shape, b.Grad.DType))
                : null,
            null,
            b.Needs(2) ? b.Grad.IndexSelect(Dim, b.X(1)) : null,
        ];
    }

    private protected override void Write(
        IDevice device, Tensor source, Tensor index, Tensor y) =>
        device.IndexCopy(source, Dim, index, y);
}

/// <summary><see cref="IndexCopyOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class IndexCopyOps
{
    extension(Tensor x)
    {
        /// <summary>A copy of x with the slices of a dimension that indices name replaced; where
        /// indices repeat, the last wins.</summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="index">A vector of integers in [0, n).</param>
        /// <param name="source">The slices: x's shape, but as many as indices.</param>
        /// <exception cref="ArgumentException">The shapes do not fit, or an index leaves the
        /// dimension.</exception>
        public Tensor IndexCopy(int dim, Tensor index, Tensor source)
        {
            var axis = x.Shape.Axis(dim);
            var indices = Indices.Vector("IndexCopy", index);
            CheckSource("IndexCopy", x, axis, indices, source);
            return new IndexCopyOp(axis).Apply(x, indices, Elementwise.To(source, x.DType));
        }
    }

    internal static void CheckSource(string op, Tensor x, int axis, Tensor index, Tensor source)
    {
        var expected = x.Shape.With(axis, index.Count);
        if (source.Shape != expected)
        {
            throw new ArgumentException($"{op}: {index.Count} indices along dimension {axis} of "
                + $"shape {x.Shape} need a source of shape {expected}, got {source.Shape}");
        }
    }
}
