using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A copy of x with y[o, index[o, j, i], i] += source[o, j, i], where j counts along a
/// dimension.</summary>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record ScatterAddOp(int Dim) : IndexedWriteOp(Dim)
{
    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [b.Grad, null, b.Needs(2) ? b.Grad.Gather(Dim, b.X(1)) : null];

    private protected override void Write(
        IDevice device, Tensor source, Tensor index, Tensor y) =>
        device.ScatterAdd(source, Dim, index, y);
}

/// <summary><see cref="ScatterAddOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ScatterAddOps
{
    extension(Tensor x)
    {
        /// <summary>A copy of x with numbers added to elements of a dimension, as
        /// <c>torch.scatter_add</c>: y[index[i, j], j] += source[i, j] for dimension 0 of a matrix.
        /// </summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="index">Integers in [0, n) of x's rank; other sizes than the dimension's are
        /// x's or smaller.</param>
        /// <param name="source">What is added, of at least the indices' sizes, or one
        /// number.</param>
        /// <exception cref="ArgumentException">The shapes do not fit, an index leaves the
        /// dimension, or x is boolean.</exception>
        public Tensor ScatterAdd(int dim, Tensor index, Tensor source)
        {
            var axis = x.Shape.Axis(dim);
            var wide = Indices.Summable("ScatterAdd", x);
            var indices = Indices.Of("ScatterAdd", index);
            var values = ScatterOps.Source(
                "ScatterAdd", Elementwise.To(source, wide.DType), index.Shape);
            var y = ScatterOps.Within("ScatterAdd", wide, axis, index.Shape,
                part => new ScatterAddOp(axis).Apply(part, indices, values));
            return CastOp.Of(y, x.DType);
        }
    }
}
