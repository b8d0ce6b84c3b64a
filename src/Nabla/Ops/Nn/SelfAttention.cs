using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// <see cref="ScaledDotProductAttentionOp"/> of a sequence to itself, from q, k and v in one tensor
/// (N, T, 3, heads, D): what one linear layer makes, and what its gradient wants back. Inputs and
/// outputs are the same otherwise.
/// </summary>
/// <param name="Settings">Scale, causality, dropout; packed.</param>
/// <param name="HasMask">Whether there is a mask.</param>
/// <param name="Ordinal">Which random op it is, counted from the state's base.</param>
public sealed record SelfAttentionOp(AttentionSettings Settings, bool HasMask, int Ordinal) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => Settings.Dropout > 0 ? 3 : 2;

    /// <summary>Where qkv is: a random op's first input is the generator's state.</summary>
    private int At => Settings.Dropout > 0 ? 1 : 0;

    /// <inheritdoc/>
    public override Effects Effects => Settings.Dropout > 0 ? Effects.Random : Effects.None;

    /// <inheritdoc/>
    public override Saves Saves => new((HasMask ? 3u : 1u) << At, Saves.Outputs.OutputMask);

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => input == At;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        var shape = x[At].Shape;
        y[1] = new TensorSpec(new Shape(shape[0], shape[3], shape[1]), x[At].DType);
        if (y.Length > 2)
        {
            y[2] = new TensorSpec(new Shape(4), DType.Int64);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var key = Settings.Dropout > 0
            ? ScaledDotProductAttentionOp.Draw(x[0], Ordinal, y[2])
            : default;
        var qkv = x[At];
        qkv.Device.Attention(
            qkv, qkv, qkv, HasMask ? x[At + 1] : null, y[0], y[1], Settings, key);
        GC.KeepAlive(y[^1]);
    }

    /// <summary>As of <see cref="ScaledDotProductAttentionOp"/>, in one tensor.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var gradients = new Tensor?[b.InputCount];
        if (b.GradOf(0) is not { } gy)
        {
            return gradients;
        }
        var mask = HasMask ? b.X(At + 1) : null;
        var key = Settings.Dropout > 0 ? b.Y(2) : null;
        if (GradMode.IsEnabled || (HasMask && b.Needs(At + 1)))
        {
            var qkv = b.X(At);
            var (q, k, v, scores) = ScaledDotProductAttentionOp.Composed(Settings, gy,
                qkv.Select(2, 0), qkv.Select(2, 1), qkv.Select(2, 2), mask, key);
            gradients[At] = Tensor.Stack([q, k, v], 2);
            if (HasMask && b.Needs(At + 1))
            {
                gradients[At + 1] = scores;
            }
            return gradients;
        }
        List<Tensor> inputs = [gy, b.X(At), b.Y(0), b.Y(1)];
        inputs.AddRange(new[] { mask, key }.OfType<Tensor>());
        gradients[At] = new SelfAttentionBackwardOp(Settings, HasMask).Apply([.. inputs]);
        return gradients;
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        x = x[At..];
        FloatInputs.Check("SelfAttention", x);
        var shape = x[0].Shape;
        if (shape.Rank != 5 || shape[2] != 3)
        {
            throw new ArgumentException(
                $"SelfAttention expects q, k and v as (N, T, 3, heads, D), but got {shape}");
        }
        if (HasMask)
        {
            ScaledDotProductAttentionOp.CheckMask(
                x[1].Shape, shape[0], shape[3], shape[1], shape[1]);
        }
        return new(new Shape(shape[0], shape[1], shape[3], shape[4]), x[0].DType);
    }
}

/// <summary>
/// The gradient of <see cref="SelfAttentionOp"/>: from gy, qkv, y, the logarithms of the sums, the
/// mask if there is one and with dropout the key, to that of qkv.
/// </summary>
/// <param name="Settings">The attention's.</param>
/// <param name="HasMask">Whether there is a mask.</param>
public sealed record SelfAttentionBackwardOp(AttentionSettings Settings, bool HasMask) : Op
{
    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => input == 1;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.AttentionBackward(x[0], x[1], x[1], x[1], HasMask ? x[4] : null, x[2], x[3],
            y[0], y[0], y[0], Settings,
            Settings.Dropout > 0 ? Generator.Key(x[^1], 0) : default);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[1]);
}

/// <summary><see cref="SelfAttentionOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SelfAttentionOps
{
    extension(Tensor qkv)
    {
        /// <summary>
        /// dropout(softmax(q·kᵀ·scale + mask))·v for each head, with q, k and v in one tensor
        /// (N, T, 3, heads, D), to (N, T, heads, D): the same as three tensors with their tokens
        /// first give.
        /// </summary>
        /// <param name="mask">Broadcasts to (N, heads, T, T): added to the scores, or bools that
        /// are true where a query sees a key; or null.</param>
        /// <param name="isCausal">Whether a token sees itself and those before only.</param>
        /// <param name="dropout">The probability of dropping a weight.</param>
        /// <param name="scale">Null for 1 / √D.</param>
        /// <param name="generator">Where the dropout's random numbers come from.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The dropout is not in [0, 1).</exception>
        public Tensor SelfAttention(Tensor? mask = null, bool isCausal = false,
            double dropout = 0, double? scale = null, Generator? generator = null)
        {
            ScaledDotProductAttentionOp.CheckDropout("SelfAttention", dropout);
            List<Tensor> x = [qkv];
            if (mask is not null)
            {
                x.Add(ScaledDotProductAttentionOps.Additive(mask, qkv.DType));
            }
            var ordinal = 0;
            if (dropout > 0)
            {
                generator ??= Generator.Default;
                ordinal = generator.TakeOrdinal();
                x.Insert(0, generator.State);
            }
            var width = qkv.Rank > 0 ? qkv.Shape[^1] : 1;
            var settings = new AttentionSettings(scale ?? 1 / Math.Sqrt(Math.Max(1, width)),
                isCausal, dropout, TokensFirst: true, IsPacked: true);
            return new SelfAttentionOp(settings, mask is not null, ordinal).ApplyAll([.. x])[0];
        }
    }
}
