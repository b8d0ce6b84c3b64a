using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// y = dropout(softmax(q·kᵀ·scale + mask))·v by heads, never with all weights in memory; inputs:
/// with dropout a generator's state, then q, k, v and the mask if there is one. Outputs y;
/// log Σ exp of the scores (N, heads, queries); and with dropout the random numbers' key. Only y
/// carries a gradient.
/// </summary>
/// <param name="Settings">Scale, causality, dropout and layout.</param>
/// <param name="HasMask">Whether there is a mask.</param>
/// <param name="Ordinal">Which random op it is, counted from the state's base.</param>
public sealed record ScaledDotProductAttentionOp(
    AttentionSettings Settings, bool HasMask, int Ordinal) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => Settings.Dropout > 0 ? 3 : 2;

    /// <summary>Where q is: a random op's first input is the generator's state.</summary>
    private int Q => Settings.Dropout > 0 ? 1 : 0;

    /// <inheritdoc/>
    public override Effects Effects => Settings.Dropout > 0 ? Effects.Random : Effects.None;

    /// <inheritdoc/>
    public override Saves Saves => new((HasMask ? 15u : 7u) << Q, Saves.Outputs.OutputMask);

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => input >= Q && input < Q + 3;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        var (head, token) = Settings.TokensFirst ? (2, 1) : (1, 2);
        y[1] = new TensorSpec(
            new Shape(x[Q].Shape[0], x[Q].Shape[head], x[Q].Shape[token]), x[Q].DType);
        if (y.Length > 2)
        {
            y[2] = new TensorSpec(new Shape(4), DType.Int64);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var key = Settings.Dropout > 0 ? Draw(x[0], Ordinal, y[2]) : default;
        x[Q].Device.Attention(
            x[Q], x[Q + 1], x[Q + 2], HasMask ? x[Q + 3] : null, y[0], y[1], Settings, key);
        GC.KeepAlive(y[^1]);
    }

    /// <summary>The key of an op's random numbers, noted for its gradient: seed, stream, step and
    /// the number of this very op are what a state holds.</summary>
    internal static unsafe PhiloxKey Draw(Tensor state, int ordinal, Tensor noted)
    {
        var key = Generator.Key(state, ordinal);
        var saved = (long*)noted.Pointer;
        saved[0] = (long)key.Seed;
        saved[1] = (long)key.Stream;
        saved[2] = key.Step;
        saved[3] = key.Ordinal;
        return key;
    }

    /// <summary>
    /// With weights p, z = keep / (1 − dropout) and d = Σ ∂y·y: ∂v = (p·z)ᵀ·∂y,
    /// ∂s = p·(z·(∂y·vᵀ) − d), ∂q = ∂s·k·scale, ∂k = ∂sᵀ·q·scale.
    /// </summary>
    public override Tensor?[] Backward(Backprop b)
    {
        if (b.GradOf(0) is not { } gy)
        {
            return new Tensor?[b.InputCount];
        }
        var gradients = new Tensor?[b.InputCount];
        if (GradMode.IsEnabled || (HasMask && b.Needs(Q + 3)))
        {
            var (q, k, v, scores) = Composed(Settings, gy, b.X(Q), b.X(Q + 1), b.X(Q + 2),
                HasMask ? b.X(Q + 3) : null, Settings.Dropout > 0 ? b.Y(2) : null);
            (gradients[Q], gradients[Q + 1], gradients[Q + 2]) = (q, k, v);
            if (HasMask && b.Needs(Q + 3))
            {
                gradients[Q + 3] = scores;
            }
            return gradients;
        }
        var op = new ScaledDotProductAttentionBackwardOp(Settings, HasMask);
        List<Tensor> inputs = [gy, b.X(Q), b.X(Q + 1), b.X(Q + 2), b.Y(0), b.Y(1)];
        if (HasMask)
        {
            inputs.Add(b.X(Q + 3));
        }
        if (Settings.Dropout > 0)
        {
            inputs.Add(b.Y(2));
        }
        op.ApplyAll([.. inputs]).CopyTo(gradients, Q);
        return gradients;
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        x = x[Q..];
        FloatInputs.Check("ScaledDotProductAttention", x);
        var (q, k, v) = (x[0].Shape, x[1].Shape, x[2].Shape);
        var (head, token) = Settings.TokensFirst ? (2, 1) : (1, 2);
        if (q.Rank != 4 || k.Rank != 4 || v.Rank != 4 || q[3] != k[3] || k[token] != v[token]
            || q[0] != k[0] || q[0] != v[0] || q[head] != k[head] || q[head] != v[head])
        {
            var layout = Settings.TokensFirst ? "T, heads" : "heads, T";
            throw new ArgumentException($"ScaledDotProductAttention expects q (N, {layout}, D), "
                + $"k (N, {layout.Replace('T', 'S')}, D) and v (N, {layout.Replace('T', 'S')}, E), "
                + $"but got {q}, {k} and {v}");
        }
        if (HasMask)
        {
            CheckMask(x[3].Shape, q[0], q[head], q[token], k[token]);
        }
        return new(new Shape([.. q.Dims[..3], v[3]]), x[0].DType);
    }

    /// <summary>Throws for a mask that does not broadcast.</summary>
    internal static void CheckMask(Shape mask, long n, long heads, long queries, long keys)
    {
        if (mask.Rank != 4 || (mask[0] != n && mask[0] != 1)
            || (mask[1] != heads && mask[1] != 1) || (mask[2] != queries && mask[2] != 1)
            || mask[3] != keys)
        {
            throw new ArgumentException("ScaledDotProductAttention: the mask must broadcast to "
                + $"(N, heads, T, S) = ({n}, {heads}, {queries}, {keys}), but is {mask}");
        }
    }

    /// <summary>Throws for a dropout that is no probability below 1.</summary>
    internal static void CheckDropout(string op, double dropout)
    {
        if (!(dropout >= 0 && dropout < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(dropout),
                $"{op} drops with a probability in [0, 1), not {dropout}");
        }
    }

    /// <summary>The same in ops that have gradients of their own.</summary>
    internal static (Tensor Q, Tensor K, Tensor V, Tensor Scores) Composed(
        AttentionSettings settings, Tensor gy, Tensor q, Tensor k, Tensor v, Tensor? mask,
        Tensor? key)
    {
        Tensor HeadsFirst(Tensor x) => settings.TokensFirst ? x.SwapAxes(1, 2) : x;
        (q, k, v, gy) = (HeadsFirst(q), HeadsFirst(k), HeadsFirst(v), HeadsFirst(gy));
        var scores = q.MatMul(k.SwapAxes(2, 3)) * settings.Scale;
        if (mask is not null)
        {
            scores = scores + mask;
        }
        if (settings.IsCausal)
        {
            var seen = Tensor.Ones(scores.Shape[2], scores.Shape[3]).Tril().To(DType.Bool);
            scores = Tensor.Where(seen, scores, double.NegativeInfinity);
        }
        // Rows without any score give 0, not NaN.
        var max = scores.Amax(-1, keepDim: true).Detach();
        var e = (scores - Tensor.Where(max.IsInf(), 0.0, max)).Exp();
        var sum = e.Sum(-1, keepDim: true);
        var p = e / Tensor.Where(sum.Eq(0), 1.0, sum);
        var gp = gy.MatMul(v.SwapAxes(2, 3));
        var weights = p;
        if (key is not null)
        {
            var keep = new BernoulliOp(1 - settings.Dropout, p.Shape, DType.Float32, 0)
                .Apply(key).To(p.DType) * (1 / (1 - settings.Dropout));
            gp = gp * keep;
            weights = p * keep;
        }
        var gs = p * (gp - (gp * p).Sum(-1, keepDim: true));
        return (HeadsFirst(gs.MatMul(k) * settings.Scale),
            HeadsFirst(gs.SwapAxes(2, 3).MatMul(q) * settings.Scale),
            HeadsFirst(weights.SwapAxes(2, 3).MatMul(gy)), gs);
    }
}

/// <summary>
/// The gradient of <see cref="ScaledDotProductAttentionOp"/>: from gy, q, k, v, y, the logarithms
/// of the sums, the mask if there is one and with dropout the key, to those of q, k and v.
/// </summary>
/// <param name="Settings">The attention's.</param>
/// <param name="HasMask">Whether there is a mask.</param>
public sealed record ScaledDotProductAttentionBackwardOp(
    AttentionSettings Settings, bool HasMask) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => 3;

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => input is >= 1 and <= 3;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        for (var i = 0; i < 3; i++)
        {
            y[i] = TensorSpec.Of(x[i + 1]);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.AttentionBackward(x[0], x[1], x[2], x[3], HasMask ? x[6] : null, x[4], x[5],
            y[0], y[1], y[2], Settings,
            Settings.Dropout > 0 ? Generator.Key(x[^1], 0) : default);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[1]);
}

/// <summary><see cref="ScaledDotProductAttentionOp"/> as a member of <see cref="Tensor"/>.
/// </summary>
public static class ScaledDotProductAttentionOps
{
    extension(Tensor query)
    {
        /// <summary>
        /// dropout(softmax(q·kᵀ·scale + mask))·v for each head: q (N, heads, T, D), k (N, heads, S,
        /// D) and v (N, heads, S, E) to (N, heads, T, E). A query that sees no key gives 0. Source:
        /// Vaswani et al.: Attention Is All You Need, 2017, section 3.2.1.
        /// </summary>
        /// <param name="key">k.</param>
        /// <param name="value">v.</param>
        /// <param name="mask">Broadcasts to (N, heads, T, S): added to the scores, or bools that
        /// are true where a query sees a key; or null.</param>
        /// <param name="isCausal">Whether query i sees the keys 0 … i only.</param>
        /// <param name="dropout">The probability of dropping a weight.</param>
        /// <param name="scale">Null for 1 / √D.</param>
        /// <param name="tokensFirst">Operands and output are (N, T, heads, D).</param>
        /// <param name="generator">Where the dropout's random numbers come from.</param>
        /// <exception cref="ArgumentException">Shapes do not fit.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The dropout is not in [0, 1).</exception>
        public Tensor ScaledDotProductAttention(Tensor key, Tensor value, Tensor? mask = null,
            bool isCausal = false, double dropout = 0, double? scale = null,
            bool tokensFirst = false, Generator? generator = null)
        {
            ScaledDotProductAttentionOp.CheckDropout("ScaledDotProductAttention", dropout);
            List<Tensor> x = [query, key, value];
            if (mask is not null)
            {
                x.Add(Additive(mask, query.DType));
            }
            var ordinal = 0;
            if (dropout > 0)
            {
                generator ??= Generator.Default;
                ordinal = generator.TakeOrdinal();
                x.Insert(0, generator.State);
            }
            var width = query.Rank > 0 ? query.Shape[^1] : 1;
            var settings = new AttentionSettings(
                scale ?? 1 / Math.Sqrt(Math.Max(1, width)), isCausal, dropout, tokensFirst);
            return new ScaledDotProductAttentionOp(settings, mask is not null, ordinal)
                .ApplyAll([.. x])[0];
        }
    }

    /// <summary>The mask as numbers, of four dimensions.</summary>
    internal static Tensor Additive(Tensor mask, DType type)
    {
        var numbers = mask.DType == DType.Bool
            ? Tensor.Where(mask, 0.0, double.NegativeInfinity)
            : mask;
        var shape = mask.Shape.Dims;
        return numbers.To(type).Reshape(
            new Shape([.. Enumerable.Repeat(1L, Math.Max(0, 4 - shape.Length)), .. shape]));
    }
}
