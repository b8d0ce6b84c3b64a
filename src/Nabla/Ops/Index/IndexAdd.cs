using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A copy of x with slices added: y[o, index[j], i] += source[o, j, i].</summary>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record IndexAddOp(int Dim) : IndexedWriteOp(Dim)
{
    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [b.Grad, null, b.Needs(2) ? b.Grad.IndexSelect(Dim, b.X(1)) : null];

    private protected override void Write(
        IDevice device, Tensor source, Tensor index, Tensor y) =>
        device.IndexAdd(source, Dim, index, y);
}

/// <summary><see cref="IndexAddOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class IndexAddOps
{
    extension(Tensor x)
    {
        /// <summary>A copy of x with slices added to those of a dimension that indices name; where
        /// indices repeat, all are added.</summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="index">A vector of integers in [0, n).</param>
        /// <param name="source">The slices: x's shape, but as many as indices.</param>
        /// <exception cref="ArgumentException">The shapes do not fit, an index leaves the
        /// dimension, or x is boolean.</exception>
        public Tensor IndexAdd(int dim, Tensor index, Tensor source)
        {
            var axis = x.Shape.Axis(dim);
            var wide = Indices.Summable("IndexAdd", x);
            var indices = Indices.Vector("IndexAdd", index);
            IndexCopyOps.CheckSource("IndexAdd", x, axis, indices, source);
            var y = new IndexAddOp(axis).Apply(
                wide, indices, Elementwise.To(source, wide.DType));
            return CastOp.Of(y, x.DType);
        }
    }
}
