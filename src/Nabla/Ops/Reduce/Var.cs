using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Variance Σ(x − mean)² / (n − correction), and mean, over the dimensions in which the target has
/// size 1.
/// </summary>
/// <param name="Target">The outputs' shape: the input's, with reduced sizes 1.</param>
/// <param name="Correction">1 for the unbiased estimate, 0 for the population's variance.</param>
public sealed record VarOp(Shape Target, long Correction) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(0) + Saves.Output(1);

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y) =>
        y[0] = y[1] = Infer(x);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Moments(x[0], Correction, y[0], y[1]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var n = Axes.Folded(b.InputSpec().Shape, Target);
        var fromMean = b.GradOf(1) is { } mean ? mean / n : null;
        var fromVariance = b.GradOf(0) is { } variance
            ? variance * (2.0 / (n - Correction)) * (b.X() - b.Y(1))
            : null;
        return
        [
            fromMean is null ? fromVariance
                : fromVariance is null ? fromMean + Elementwise.NoSlope(b)
                : fromVariance + fromMean,
        ];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(Target, x[0].DType);
}

/// <summary><see cref="VarOp"/> as members of <see cref="Tensor"/>.</summary>
public static class VarOps
{
    extension(Tensor x)
    {
        /// <summary>Σ(x − mean)² / (n − correction) over some dimensions.</summary>
        /// <param name="dims">The dimensions; none: all.</param>
        /// <param name="correction">1 for the unbiased estimate, 0 for the population's variance.
        /// </param>
        /// <param name="keepDim">Whether the dimensions stay, with size 1.</param>
        /// <exception cref="ArgumentException">The elements are integers, or a dimension is missing
        /// or named twice.</exception>
        public Tensor Var(ReadOnlySpan<int> dims, long correction = 1, bool keepDim = false) =>
            x.VarMean(dims, correction, keepDim).Var;

        /// <summary>Σ(x − mean)² / (n − correction) over one dimension.</summary>
        public Tensor Var(int dim, long correction = 1, bool keepDim = false) =>
            x.Var([dim], correction, keepDim);

        /// <summary>Σ(x − mean)² / (n − 1) over everything.</summary>
        public Tensor Var() => x.Var(default(ReadOnlySpan<int>));

        /// <summary>Variance and mean over some dimensions, in one pass.</summary>
        /// <inheritdoc cref="Var(Tensor, ReadOnlySpan{int}, long, bool)"/>
        public (Tensor Var, Tensor Mean) VarMean(
            ReadOnlySpan<int> dims, long correction = 1, bool keepDim = false)
        {
            Axes.CheckFloat("Var", x);
            var y = new VarOp(Axes.Kept("Var", x.Shape, dims), correction).ApplyAll(x);
            return (Axes.Fit(y[0], x.Shape, dims, keepDim), Axes.Fit(y[1], x.Shape, dims, keepDim));
        }

        /// <summary>√Var over some dimensions; where it is 0 its gradient is taken as 0.</summary>
        /// <inheritdoc cref="Var(Tensor, ReadOnlySpan{int}, long, bool)"/>
        public Tensor Std(ReadOnlySpan<int> dims, long correction = 1, bool keepDim = false)
        {
            Axes.CheckFloat("Std", x);
            return Axes.SafeSqrt(x.Var(dims, correction, keepDim));
        }

        /// <summary>√Var over one dimension.</summary>
        public Tensor Std(int dim, long correction = 1, bool keepDim = false) =>
            x.Std([dim], correction, keepDim);

        /// <summary>√Var over everything, unbiased.</summary>
        public Tensor Std() => x.Std(default(ReadOnlySpan<int>));
    }
}
