using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y[o, j, i] = x[o, index[o, j, i], i], where j counts along a dimension.</summary>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record GatherOp(int Dim) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(1);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        x[0].Device.CheckIndices(x[1], x[0].Shape.Dims[Dim], Name);
        x[0].Device.Gather(x[0], Dim, x[1], y[0]);
    }

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var zeros = Indices.Zeros(b.InputSpec().Shape, b.Grad.DType);
        return [zeros.ScatterAdd(Dim, b.X(1), b.Grad), null];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(x[1].Shape, x[0].DType);
}

/// <summary><see cref="GatherOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class GatherOps
{
    extension(Tensor x)
    {
        /// <summary>The elements of a dimension that indices of the output's shape name, as
        /// <c>torch.gather</c>: y[i, j] = x[index[i, j], j] for dimension 0 of a matrix.</summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="index">Integers in [0, n) of x's rank; other sizes than the dimension's are
        /// x's or smaller.</param>
        /// <exception cref="ArgumentException">The shapes do not fit, or an index leaves the
        /// dimension.</exception>
        public Tensor Gather(int dim, Tensor index)
        {
            var axis = x.Shape.Axis(dim);
            var part = Fit("Gather", x, axis, index.Shape);
            return new GatherOp(axis).Apply(part, Indices.Of("Gather", index));
        }
    }

    /// <summary>The part of x that indices of a shape can reach.</summary>
    /// <exception cref="ArgumentException">There are more indices than x has elements along another
    /// dimension.</exception>
    internal static Tensor Fit(string op, Tensor x, int axis, Shape index)
    {
        var part = x;
        for (var i = 0; i < x.Rank && index.Rank == x.Rank; i++)
        {
            if (i != axis && index.Dims[i] < x.Shape.Dims[i])
            {
                part = part.Narrow(i, 0, index.Dims[i]);
            }
        }
        return index.Rank == x.Rank && part.Shape.With(axis, 0) == index.With(axis, 0)
            ? part
            : throw new ArgumentException($"{op}: indices of shape {index} do not fit the shape "
                + $"{x.Shape} along dimension {axis}; both have one rank, and no other size of the "
                + "indices is larger");
    }
}
