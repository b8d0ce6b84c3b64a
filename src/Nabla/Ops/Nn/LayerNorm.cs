using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Layer normalization over the last dimensions: y = x̂·weight + bias with x̂ = (x − mean)·invStd;
/// inputs x (…, normalized) and, if given, weight and bias (normalized). Outputs y, and mean and
/// invStd = 1 / √(variance + ε), each (…), which carry no gradient.
/// </summary>
/// <param name="Dims">How many last dimensions are normalized together.</param>
/// <param name="Epsilon">ε.</param>
public sealed record LayerNormOp(int Dims, double Epsilon) : Op
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
        y[1..].Fill(new TensorSpec(new Shape(x[0].Shape.Dims[..^Dims]), x[0].DType));
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.LayerNorm(x[0], x.Length > 1 ? x[1] : null, x.Length > 1 ? x[2] : null,
            y[0], y[1], y[2], Epsilon);

    /// <summary>
    /// With g = ∂y·weight: ∂x = invStd·(g − mean(g) − x̂·mean(g·x̂)), ∂weight = Σ ∂y·x̂,
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
            ? [new LayerNormBackwardOp(Dims, false).Apply(gy, b.X(0), b.Y(1), b.Y(2))]
            : new LayerNormBackwardOp(Dims, true).ApplyAll(gy, b.X(0), b.Y(1), b.Y(2), b.X(1));
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("LayerNorm", x);
        if (Dims < 1 || Dims > x[0].Rank)
        {
            throw new ArgumentException(
                $"LayerNorm over the last {Dims} dimensions does not fit {x[0].Shape}");
        }
        var normalized = new Shape(x[0].Shape.Dims[^Dims..]);
        foreach (var affine in x[1..])
        {
            if (affine.Shape != normalized)
            {
                throw new ArgumentException($"LayerNorm: the last sizes of {x[0].Shape} are "
                    + $"{normalized}, but weight or bias is {affine.Shape}");
            }
        }
        return TensorSpec.Of(x[0]);
    }

    /// <summary>The same in ops that have gradients of their own.</summary>
    private Tensor?[] Composed(Backprop b, Tensor gy)
    {
        var x = b.X(0);
        int[] dims = [.. Enumerable.Range(x.Rank - Dims, Dims)];
        var centered = x - x.Mean(dims, keepDim: true);
        var invStd = (centered.Square().Mean(dims, keepDim: true) + Epsilon).Rsqrt();
        var normal = centered * invStd;
        var g = b.InputCount == 1 ? gy : gy * b.X(1);
        var gx = invStd * (g - g.Mean(dims, keepDim: true)
            - (normal * (g * normal).Mean(dims, keepDim: true)));
        // The engine sums the leading dimensions away.
        return b.InputCount == 1 ? [gx] : [gx, gy * normal, gy];
    }
}

/// <summary>
/// The gradient of <see cref="LayerNormOp"/>: from gy, x, mean, invStd and, if there is one, the
/// weight, to gx and, with a weight, those for weight and bias. The sum of gx over rows may come
/// behind them: the gradient of the bias of a layer before.
/// </summary>
/// <param name="Dims">How many last dimensions are normalized together.</param>
/// <param name="IsAffine">Whether there is a weight.</param>
public sealed record LayerNormBackwardOp(int Dims, bool IsAffine) : Op, ISumsRows
{
    /// <inheritdoc/>
    public override int OutputCount => Gradients + (WithSum ? 1 : 0);

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    private int Gradients => IsAffine ? 3 : 1;

    private bool WithSum { get; init; }

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        if (IsAffine)
        {
            y[1..3].Fill(TensorSpec.Of(x[4]));
        }
        if (WithSum)
        {
            y[^1] = new TensorSpec(new Shape(x[1].Shape.Dims[^Dims..]), x[1].DType);
        }
    }

    /// <inheritdoc/>
    public override bool MayOverwrite(int output, int input) => (output, input) == (0, 0);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.LayerNormBackward(x[0], x[1], IsAffine ? x[4] : null, x[2], x[3], y[0],
            IsAffine ? y[1] : null, IsAffine ? y[2] : null, WithSum ? y[^1] : null);

    int ISumsRows.RowRank(int output) => output == 0 ? Dims : 0;

    Op ISumsRows.WithRowSums(uint outputs) => this with { WithSum = true };

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[1]);
}

/// <summary><see cref="LayerNormOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LayerNormOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// (x − mean) / √(variance + ε) · weight + bias over the last dimensions.
        /// </summary>
        /// <param name="dims">How many last dimensions are normalized together.</param>
        /// <param name="weight">Of the normalized shape, or null for 1; comes with a bias.</param>
        /// <param name="bias">Of the normalized shape, or null for 0.</param>
        /// <param name="epsilon">Added to the (biased) variance.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        public Tensor LayerNorm(
            int dims = 1, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5)
        {
            if (weight is null != bias is null)
            {
                throw new ArgumentException("LayerNorm takes both weight and bias, or neither");
            }
            Require.NotNegative("LayerNorm", epsilon);
            var op = new LayerNormOp(dims, epsilon);
            return (weight is null ? op.ApplyAll(x) : op.ApplyAll(x, weight, bias!))[0];
        }
    }
}
