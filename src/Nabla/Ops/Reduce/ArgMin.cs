using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The index (int64) of the smallest element; the first of equals.</summary>
/// <param name="Target">The output's shape: the input's, with reduced sizes 1.</param>
public sealed record ArgMinOp(Shape Target) : Op
{
    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.ArgMin(x[0], y[0]);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(Axes.NotEmpty("ArgMin", x[0].Shape, Target), DType.Int64);
}

/// <summary><see cref="ArgMinOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ArgMinOps
{
    extension(Tensor x)
    {
        /// <summary>The index of the smallest element along a dimension.</summary>
        public Tensor ArgMin(int dim, bool keepDim = false)
        {
            var y = new ArgMinOp(Axes.Kept("ArgMin", x.Shape, [dim])).Apply(x);
            return keepDim ? y : y.Reshape(Axes.Dropped(x.Shape, [dim]));
        }

        /// <summary>The row-major index of the smallest element of all.</summary>
        public Tensor ArgMin() => x.Reshape(-1).ArgMin(0);
    }
}
