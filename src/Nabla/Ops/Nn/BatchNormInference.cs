using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Batch normalization by given statistics: y = (x − mean)·weight / √(variance + ε) + bias; inputs
/// x (N, C, …), mean, variance and, if given, weight and bias, each (C).
/// </summary>
/// <param name="Epsilon">ε.</param>
public sealed record BatchNormInferenceOp(double Epsilon) : Op
{
    /// <inheritdoc/>
    public override Saves Saves =>
        Saves.Input(0) + Saves.Input(1) + Saves.Input(2) + Saves.Input(3);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.BatchNormInference(x[0], x[1], x[2], x.Length > 3 ? x[3] : null,
            x.Length > 3 ? x[4] : null, y[0], Epsilon);

    /// <summary>
    /// ∂x = ∂y·weight·invStd, ∂weight = Σ ∂y·x̂, ∂bias = Σ ∂y; statistics carry no gradient.
    /// </summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var (gy, rank) = (b.Grad, b.Grad.Rank);
        var invStd = BatchNormShapes.PerChannel((b.X(2) + Epsilon).Rsqrt(), rank);
        if (b.InputCount == 3)
        {
            return [gy * invStd, null, null];
        }
        var weight = BatchNormShapes.PerChannel(b.X(3), rank);
        var dims = BatchNormShapes.AllButChannels(rank);
        return
        [
            b.Needs(0) ? gy * (weight * invStd) : null,
            null,
            null,
            b.Needs(3)
                ? (gy * (b.X(0) - BatchNormShapes.PerChannel(b.X(1), rank)) * invStd).Sum(dims)
                : null,
            b.Needs(4) ? gy.Sum(dims) : null,
        ];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        BatchNormShapes.Check(x);
        return TensorSpec.Of(x[0]);
    }
}

/// <summary><see cref="BatchNormInferenceOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class BatchNormInferenceOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Normalizes (N, C, …) by a given mean and variance per channel, then scales and shifts.
        /// </summary>
        /// <param name="mean">(C,).</param>
        /// <param name="variance">(C,).</param>
        /// <param name="weight">(C,), or null for 1; comes with a bias.</param>
        /// <param name="bias">(C,), or null for 0.</param>
        /// <param name="epsilon">Added to the variance.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        public Tensor BatchNormInference(Tensor mean, Tensor variance, Tensor? weight = null,
            Tensor? bias = null, double epsilon = 1e-5)
        {
            BatchNormShapes.CheckAffine(weight, bias);
            var op = new BatchNormInferenceOp(epsilon);
            return weight is null
                ? op.Apply(x, mean, variance)
                : op.Apply(x, mean, variance, weight, bias!);
        }
    }
}
