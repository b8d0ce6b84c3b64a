using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Group normalization: y = x̂·weight[c] + bias[c] with x̂ = (x − mean)·invStd; inputs x (N, C, …)
/// and, if given, weight and bias (C). Outputs y, and mean and invStd = 1 / √(variance + ε) of each
/// sample's groups of C / groups channels, each (N, groups), which carry no gradient. As many
/// groups as channels are instance normalization. Source: Wu, He: Group Normalization, 2018,
/// section 3.
/// </summary>
/// <param name="Groups">How many groups; divides C.</param>
/// <param name="Epsilon">ε.</param>
public sealed record GroupNormOp(int Groups, double Epsilon) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => 3;

    /// <inheritdoc/>
    public override Saves Saves =>
        Saves.Input(0) + Saves.Input(1) + Saves.Output(1) + Saves.Output(2);

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1..].Fill(new TensorSpec(new Shape(x[0].Shape[0], Groups), x[0].DType));
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.GroupNorm(x[0], x.Length > 1 ? x[1] : null, x.Length > 1 ? x[2] : null,
            y[0], y[1], y[2], Epsilon);

    /// <summary>
    /// With g = ∂y·weight: ∂x = invStd·(g − mean(g) − x̂·mean(g·x̂)) by groups, ∂weight = Σ ∂y·x̂,
    /// ∂bias = Σ ∂y.
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
            ? [new GroupNormBackwardOp(false).Apply(gy, b.X(0), b.Y(1), b.Y(2))]
            : new GroupNormBackwardOp(true).ApplyAll(gy, b.X(0), b.Y(1), b.Y(2), b.X(1));
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("GroupNorm", x);
        var shape = x[0].Shape;
        if (shape.Rank < 2 || Groups < 1 || shape[1] % Groups != 0)
        {
            throw new ArgumentException($"GroupNorm expects (N, C, …) with C a multiple of "
                + $"{Groups} groups, but got {shape}");
        }
        foreach (var affine in x[1..])
        {
            if (affine.Shape != new Shape(shape[1]))
            {
                throw new ArgumentException($"GroupNorm: the input {shape} has {shape[1]} "
                    + $"channels, but weight or bias is {affine.Shape}");
            }
        }
        return TensorSpec.Of(x[0]);
    }

    /// <summary>The same in ops that have gradients of their own.</summary>
    private Tensor?[] Composed(Backprop b, Tensor gy)
    {
        var shape = b.X(0).Shape;
        // Sizes in full: −1 is ambiguous where N is 0.
        var perGroup = shape.Dims[1] / Groups;
        foreach (var size in shape.Dims[2..])
        {
            perGroup *= size;
        }
        var rows = new Shape(shape[0], Groups, perGroup);
        var x = b.X(0).Reshape(rows);
        var centered = x - x.Mean(2, keepDim: true);
        var invStd = (centered.Square().Mean(2, keepDim: true) + Epsilon).Rsqrt();
        var normal = centered * invStd;
        var g = b.InputCount == 1 ? gy : gy * BatchNormShapes.PerChannel(b.X(1), shape.Rank);
        g = g.Reshape(rows);
        var gx = (invStd * (g - g.Mean(2, keepDim: true)
            - (normal * (g * normal).Mean(2, keepDim: true)))).Reshape(shape);
        if (b.InputCount == 1)
        {
            return [gx];
        }
        var others = BatchNormShapes.AllButChannels(shape.Rank);
        return [gx, (gy * normal.Reshape(shape)).Sum(others), gy.Sum(others)];
    }
}

/// <summary>
/// The gradient of <see cref="GroupNormOp"/>: from gy, x, mean, invStd and, if there is one, the
/// weight, to gx and, with a weight, those for weight and bias.
/// </summary>
/// <param name="IsAffine">Whether there is a weight.</param>
public sealed record GroupNormBackwardOp(bool IsAffine) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => IsAffine ? 3 : 1;

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        if (IsAffine)
        {
            y[1..].Fill(TensorSpec.Of(x[4]));
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.GroupNormBackward(x[0], x[1], IsAffine ? x[4] : null, x[2], x[3], y[0],
            IsAffine ? y[1] : null, IsAffine ? y[2] : null);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[1]);
}

/// <summary><see cref="GroupNormOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class GroupNormOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// (x − mean) / √(variance + ε) · weight + bias, (N, C, …) to the same, with the statistics
        /// of each sample's groups of C / groups channels.
        /// </summary>
        /// <param name="groups">How many groups; divides C.</param>
        /// <param name="weight">(C,), or null for 1; comes with a bias.</param>
        /// <param name="bias">(C,), or null for 0.</param>
        /// <param name="epsilon">Added to the (biased) variance.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        public Tensor GroupNorm(
            int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
        {
            if (weight is null != bias is null)
            {
                throw new ArgumentException("GroupNorm takes both weight and bias, or neither");
            }
            Require.NotNegative("GroupNorm", epsilon);
            var op = new GroupNormOp(groups, epsilon);
            return (weight is null ? op.ApplyAll(x) : op.ApplyAll(x, weight, bias!))[0];
        }
    }
}
