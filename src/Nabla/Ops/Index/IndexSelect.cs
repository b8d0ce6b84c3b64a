using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Slices of a dimension: y[o, j, i] = x[o, index[j], i].</summary>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record IndexSelectOp(int Dim) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(1);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        x[0].Device.CheckIndices(x[1], x[0].Shape.Dims[Dim], Name);
        x[0].Device.IndexSelect(x[0], Dim, x[1], y[0]);
    }

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var zeros = Indices.Zeros(b.InputSpec().Shape, b.Grad.DType);
        return [zeros.IndexAdd(Dim, b.X(1), b.Grad), null];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(x[0].Shape.With(Dim, x[1].Count), x[0].DType);
}

/// <summary><see cref="IndexSelectOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class IndexSelectOps
{
    extension(Tensor x)
    {
        /// <summary>The slices of a dimension that a vector of indices names.</summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="index">Integers in [0, n).</param>
        /// <exception cref="ArgumentException">The indices are no vector of integers, or one leaves
        /// the dimension.</exception>
        public Tensor IndexSelect(int dim, Tensor index) => new IndexSelectOp(x.Shape.Axis(dim))
            .Apply(x, Indices.Vector("IndexSelect", index));
    }
}
