using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The smallest elements along a dimension, which stays with size 1, and their indices
/// (int64): the first of equals; NaN wins. The gradient goes to the chosen element.</summary>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record MinOp(int Dim) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override Saves Saves => Saves.Output(1);

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1] = y[0] with { DType = DType.Int64 };
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        x[0].Device.Reduce<MinFn>(x[0].DType.Compute, x[0], y[0]);
        x[0].Device.ArgMin(x[0], y[1]);
    }

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [ScatterOps.Chosen(b, Dim)];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(
        Axes.NotEmpty("Min", x[0].Shape, x[0].Shape.With(Dim, 1)), x[0].DType);
}

/// <summary><see cref="MinOp"/> as members of <see cref="Tensor"/>.</summary>
public static class MinOps
{
    extension(Tensor x)
    {
        /// <summary>The smallest elements along a dimension and their indices (int64), the first of
        /// equals; NaN wins. The gradient goes to the chosen elements.</summary>
        /// <param name="dim">The dimension.</param>
        /// <param name="keepDim">Whether it stays, with size 1.</param>
        /// <exception cref="ArgumentException">There is nothing to choose from.</exception>
        public (Tensor Values, Tensor Indices) Min(int dim, bool keepDim = false)
        {
            if (x.Rank == 0)
            {
                return x.Reshape(1).Min(dim);
            }
            var y = new MinOp(x.Shape.Axis(dim)).ApplyAll(x);
            return (Axes.Fit(y[0], x.Shape, [dim], keepDim),
                Axes.Fit(y[1], x.Shape, [dim], keepDim));
        }

        /// <summary>The smallest element of all; equals share its gradient.</summary>
        /// <exception cref="ArgumentException">There is none.</exception>
        public Tensor Min() => x.Amin();
    }
}
