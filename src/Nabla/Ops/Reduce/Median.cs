using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The middle element in order of each line along the last dimension, which stays with
/// size 1 (the lower of two), and where it lies (int64). NaN wins, the first of them.</summary>
public sealed record MedianOp : Op
{
    /// <summary>The op: it has no attributes.</summary>
    public static MedianOp Instance { get; } = new();

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
        x[0].Device.Median(x[0], y[0], y[1]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [ScatterOps.Chosen(b, b.InputSpec().Shape.Rank - 1)];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(x[0].Shape.With(x[0].Rank - 1, 1), x[0].DType);
}

/// <summary>Medians as members of <see cref="Tensor"/>.</summary>
public static class MedianOps
{
    extension(Tensor x)
    {
        /// <summary>The middle element in order along a dimension (the lower of two) and where it
        /// lies (int64); NaN wins.</summary>
        /// <exception cref="ArgumentException">There is no such dimension, or it is empty.
        /// </exception>
        public (Tensor Values, Tensor Indices) Median(int dim, bool keepDim = false)
        {
            var line = x.Rank == 0 ? x.Reshape(1) : x;
            var axis = line.Shape.Axis(dim);
            var size = line.Shape.Dims[axis];
            if (size == 0)
            {
                throw new ArgumentException($"Median: dimension {dim} of shape {x.Shape} has no "
                    + "element to choose; reduce over dimensions that are not empty");
            }
            var lines = CastOp.Of(line.MoveDim(axis, -1), x.DType.Compute);
            var y = MedianOp.Instance.ApplyAll(lines);
            var shape = x.Rank == 0 ? Shape.Scalar
                : keepDim ? x.Shape.With(axis, 1) : x.Shape.Without(axis);
            return (CastOp.Of(y[0].Reshape(shape), x.DType), y[1].Reshape(shape));
        }

        /// <summary>The middle element of all in order (the lower of two); NaN wins.</summary>
        /// <exception cref="ArgumentException">There is no element.</exception>
        public Tensor Median() => x.Flatten().Median(0).Values;
    }
}
