using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The K smallest or largest elements along a dimension, best first, and where they lay (int64). Of
/// equal ones those that lay first; NaN counts as the largest.
/// </summary>
/// <param name="Dim">The dimension, not negative.</param>
/// <param name="K">How many.</param>
/// <param name="Descending">Whether the largest come first.</param>
public sealed record SortOp(int Dim, long K, bool Descending) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override Saves Saves => Saves.Output(1);

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1] = new TensorSpec(y[0].Shape, DType.Int64);
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Sort(x[0], Dim, Descending, y[0], y[1]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [ScatterOps.Chosen(b, Dim)];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(x[0].Shape.With(Dim, K), x[0].DType);
}

/// <summary><see cref="SortOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SortOps
{
    extension(Tensor x)
    {
        /// <summary>The elements of each line along a dimension in order, and where they lay
        /// (int64). The sort is stable; NaN counts as the largest number.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public (Tensor Values, Tensor Indices) Sort(int dim = -1, bool descending = false) =>
            Ordered(x, dim, null, descending);

        /// <summary>Where the elements of each line along a dimension lie in order
        /// (int64).</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor ArgSort(int dim = -1, bool descending = false) =>
            GradMode.NoGrad(() => x.Sort(dim, descending).Indices);

        /// <summary>The k largest (or smallest) elements of each line along a dimension, best
        /// first, and where they lay (int64).</summary>
        /// <exception cref="ArgumentException">There is no such dimension, or it has fewer than k.
        /// </exception>
        public (Tensor Values, Tensor Indices) TopK(int k, int dim = -1, bool largest = true) =>
            Ordered(x, dim, k, largest);
    }

    private static (Tensor Values, Tensor Indices) Ordered(
        Tensor x, int dim, long? k, bool descending)
    {
        var rows = CastOp.Of(x.Rank == 0 ? x.Reshape(1) : x, x.DType.Compute);
        var axis = rows.Shape.Axis(dim);
        var size = rows.Shape.Dims[axis];
        if (k < 0 || k > size)
        {
            throw new ArgumentOutOfRangeException(nameof(k), $"TopK: dimension {dim} of shape "
                + $"{x.Shape} has {size} elements, not {k}");
        }
        var y = new SortOp(axis, k ?? size, descending).ApplyAll(rows);
        return x.Rank == 0 && y[0].Count == 1
            ? (CastOp.Of(y[0].Reshape(Shape.Scalar), x.DType), y[1].Reshape(Shape.Scalar))
            : (CastOp.Of(y[0], x.DType), y[1]);
    }
}
