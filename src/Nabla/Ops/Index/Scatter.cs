using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A copy of x with y[o, index[o, j, i], i] = source[o, j, i], where j counts along a
/// dimension.</summary>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record ScatterOp(int Dim) : IndexedWriteOp(Dim)
{
    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? b.Grad.Scatter(Dim, b.X(1), 0) : null,
        null,
        b.Needs(2) ? b.Grad.Gather(Dim, b.X(1)) : null,
    ];

    private protected override void Write(
        IDevice device, Tensor source, Tensor index, Tensor y) =>
        device.Scatter(source, Dim, index, y);
}

/// <summary><see cref="ScatterOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ScatterOps
{
    extension(Tensor x)
    {
        /// <summary>A copy of x with elements of a dimension replaced, as <c>torch.scatter</c>:
        /// y[index[i, j], j] = source[i, j] for dimension 0 of a matrix. Where indices repeat, the
        /// last wins.</summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="index">Integers in [0, n) of x's rank; other sizes than the dimension's are
        /// x's or smaller.</param>
        /// <param name="source">The new elements, of at least the indices' sizes, or one number.
        /// </param>
        /// <exception cref="ArgumentException">The shapes do not fit, or an index leaves the
        /// dimension.</exception>
        public Tensor Scatter(int dim, Tensor index, Tensor source)
        {
            var axis = x.Shape.Axis(dim);
            var indices = Indices.Of("Scatter", index);
            var values = Source("Scatter", Elementwise.To(source, x.DType), index.Shape);
            return Within("Scatter", x, axis, index.Shape,
                part => new ScatterOp(axis).Apply(part, indices, values));
        }
    }

    /// <summary>The gradient of an op that chooses elements along a dimension, by the indices that
    /// are its second output: that of each goes to its place, and the rest is 0.</summary>
    internal static Tensor Chosen(Backprop b, int dim) => new ScatterOp(dim).Apply(
        Indices.Zeros(b.InputSpec().Shape, b.Grad.DType), b.Y(1), b.Grad);

    /// <summary>The part of a source that indices reach; a number repeats.</summary>
    internal static Tensor Source(string op, Tensor source, Shape index)
    {
        if (source.Rank == 0)
        {
            return source.BroadcastTo(index);
        }
        var part = source;
        for (var i = 0; i < source.Rank && source.Rank == index.Rank; i++)
        {
            part = index.Dims[i] < part.Shape.Dims[i] ? part.Narrow(i, 0, index.Dims[i]) : part;
        }
        return part.Shape == index
            ? part
            : throw new ArgumentException($"{op}: a source of shape {source.Shape} has no element "
                + $"for each index of shape {index}");
    }

    /// <summary>Scatters into the part of x that the indices reach; the rest stays.</summary>
    internal static Tensor Within(
        string op, Tensor x, int axis, Shape index, Func<Tensor, Tensor> scatter)
    {
        var dense = x.Contiguous();
        var part = GatherOps.Fit(op, dense, axis, index);
        return ReferenceEquals(part, dense)
            ? scatter(dense)
            : new StridedScatterOp(part.Layout, dense.Layout).Apply(dense, scatter(part));
    }
}
