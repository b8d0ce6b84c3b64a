using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Batch normalization by the batch's own statistics: y = x̂·weight + bias with
/// x̂ = (x − mean)·invStd; inputs x (N, C, …) and, if given, weight and bias (C). Outputs y, and
/// mean, variance (biased) and invStd = 1 / √(variance + ε), each (C), which carry no gradient.
/// </summary>
/// <param name="Epsilon">ε.</param>
public sealed record BatchNormOp(double Epsilon) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => 4;

    /// <inheritdoc/>
    public override Saves Saves =>
        Saves.Input(0) + Saves.Input(1) + Saves.Output(1) + Saves.Output(3);

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1..].Fill(new TensorSpec(new Shape(x[0].Shape[1]), x[0].DType));
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.BatchNormTraining(x[0], x.Length > 1 ? x[1] : null,
            x.Length > 1 ? x[2] : null, y[0], y[1], y[2], y[3], Epsilon);

    /// <summary>
    /// ∂bias = Σ ∂y, ∂weight = Σ ∂y·x̂, ∂x = weight·invStd·(∂y − mean(∂y) − x̂·mean(∂y·x̂)).
    /// </summary>
    public override Tensor?[] Backward(Backprop b)
    {
        if (b.GradOf(0) is not { } gy)
        {
            return new Tensor?[b.InputCount];
        }
        if (GradMode.IsEnabled)
        {
            return Composed(b, gy);
        }
        return b.InputCount == 1
            ? [new BatchNormBackwardOp(false).Apply(gy, b.X(0), b.Y(1), b.Y(3))]
            : new BatchNormBackwardOp(true).ApplyAll(gy, b.X(0), b.Y(1), b.Y(3), b.X(1));
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        BatchNormShapes.Check(x);
        if (x[0].Count <= x[0].Shape[1])
        {
            throw new ArgumentException("BatchNorm needs more than one value per channel to train, "
                + $"but got {x[0].Shape}; use a larger batch, or Eval()");
        }
        return TensorSpec.Of(x[0]);
    }

    /// <summary>The same in ops that have gradients of their own.</summary>
    private Tensor?[] Composed(Backprop b, Tensor gy)
    {
        var x = b.X(0);
        var dims = BatchNormShapes.AllButChannels(x.Rank);
        var centered = x - x.Mean(dims, keepDim: true);
        var invStd = (centered.Square().Mean(dims, keepDim: true) + Epsilon).Rsqrt();
        var normal = centered * invStd;
        var gx = invStd * (gy - gy.Mean(dims, keepDim: true)
            - (normal * (gy * normal).Mean(dims, keepDim: true)));
        if (b.InputCount == 1)
        {
            return [gx];
        }
        var weight = BatchNormShapes.PerChannel(b.X(1), x.Rank);
        return [gx * weight, (gy * normal).Sum(dims), gy.Sum(dims)];
    }
}

/// <summary>
/// The gradient of <see cref="BatchNormOp"/>: from gy, x, mean, invStd and, if there is one, the
/// weight, to gx and, with a weight, those for weight and bias.
/// </summary>
/// <param name="IsAffine">Whether there is a weight.</param>
public sealed record BatchNormBackwardOp(bool IsAffine) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => IsAffine ? 3 : 1;

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1..].Fill(TensorSpec.Of(x[2]));
    }

    /// <inheritdoc/>
    public override bool MayOverwrite(int output, int input) => output == 0 && input <= 1;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.BatchNormBackward(x[0], x[1], IsAffine ? x[4] : null, x[2], x[3], y[0],
            IsAffine ? y[1] : null, IsAffine ? y[2] : null);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[1]);
}

/// <summary><see cref="BatchNormOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class BatchNormOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Normalizes (N, C, …) by the batch's own mean and variance per channel, then scales and
        /// shifts.
        /// </summary>
        /// <param name="weight">(C,), or null for 1; comes with a bias.</param>
        /// <param name="bias">(C,), or null for 0.</param>
        /// <param name="epsilon">Added to the variance.</param>
        /// <returns>The output, and the mean and biased variance (C,), which carry no gradient.
        /// </returns>
        /// <exception cref="ArgumentException">Shapes do not fit, or a channel has one value.
        /// </exception>
        public (Tensor Y, Tensor Mean, Tensor Variance) BatchNorm(
            Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
        {
            BatchNormShapes.CheckAffine(weight, bias);
            var op = new BatchNormOp(epsilon);
            var y = weight is null ? op.ApplyAll(x) : op.ApplyAll(x, weight, bias!);
            return (y[0], y[1].Detach(), y[2].Detach());
        }
    }
}
