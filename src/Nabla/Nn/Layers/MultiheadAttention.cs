using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Attention with several heads: queries (T, N, E), keys and values (S, N, E) to (T, N, E), or with
/// the batch first (N, T, E): <c>y = concat(softmax(qₕ·kₕᵀ / √D)·vₕ)·Wₒᵀ + bₒ</c> with q, k, v
/// linear in the inputs and D = E / heads. Source: Vaswani et al.: Attention Is All You Need, 2017,
/// section 3.2.2; <c>torch.nn.MultiheadAttention</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it with shapes that do not fit.</exception>
public sealed class MultiheadAttention : Module<(Tensor Query, Tensor Key, Tensor Value), Tensor>
{
    private readonly int _heads;
    private readonly double _dropout;
    private readonly bool _batchFirst;

    /// <summary>Makes a layer: W from U(±√(6 / 4E)) for q, k, v together, biases 0.</summary>
    /// <param name="embedDim">E.</param>
    /// <param name="numHeads">How many heads; divides E.</param>
    /// <param name="dropout">The probability of dropping an attention weight in training.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="batchFirst">Inputs and output are (N, T, E).</param>
    /// <exception cref="ArgumentException">The heads do not divide E.</exception>
    public MultiheadAttention(int embedDim, int numHeads, double dropout = 0, bool bias = true,
        bool batchFirst = false)
    {
        Require.AtLeast(nameof(MultiheadAttention), embedDim, 1);
        Require.AtLeast(nameof(MultiheadAttention), numHeads, 1);
        if (embedDim % numHeads != 0)
        {
            throw new ArgumentException($"MultiheadAttention: {embedDim} features do not split "
                + $"into {numHeads} equal heads");
        }
        if (!(dropout >= 0 && dropout < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(dropout),
                $"MultiheadAttention drops with a probability in [0, 1), not {dropout}");
        }
        (EmbedDim, _heads, _dropout, _batchFirst) = (embedDim, numHeads, dropout, batchFirst);
        InProjWeight = new Parameter(
            Init.XavierUniform(Tensor.Empty(new Shape(3 * embedDim, embedDim))));
        InProjBias = bias ? new Parameter(Tensor.Zeros(3 * embedDim)) : null;
        OutProj = new Linear(embedDim, embedDim, bias);
        if (OutProj.Bias is { } outBias)
        {
            Init.Zeros(outBias);
        }
    }

    /// <summary>E.</summary>
    public int EmbedDim { get; }

    /// <summary>The weights for q, k and v, one above the other: (3·E, E).</summary>
    public Parameter InProjWeight { get; }

    /// <summary>Their biases (3·E,), or null.</summary>
    public Parameter? InProjBias { get; }

    /// <summary>What joins the heads.</summary>
    public Linear OutProj { get; }

    /// <inheritdoc/>
    protected override string Description => $"{EmbedDim}, num_heads={_heads}"
        + (_dropout > 0 ? $", dropout={_dropout}" : "")
        + (_batchFirst ? ", batch_first=True" : "");

    /// <summary>Attention of a sequence to itself.</summary>
    /// <param name="x">Queries, keys and values.</param>
    /// <param name="mask">Broadcasts to (N, heads, T, T): added to the scores, or bools that are
    /// true where a query sees a key; or null.</param>
    /// <param name="isCausal">Whether a token sees itself and those before only.</param>
    public Tensor Attend(Tensor x, Tensor? mask = null, bool isCausal = false) =>
        Attend(x, x, x, mask, isCausal);

    /// <summary>Attention of queries to keys.</summary>
    /// <param name="query">Where the queries come from.</param>
    /// <param name="key">Where the keys come from.</param>
    /// <param name="value">Where the values come from.</param>
    /// <param name="mask">Broadcasts to (N, heads, T, S), or null.</param>
    /// <param name="isCausal">Whether query i sees the keys 0 … i only.</param>
    public Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask = null,
        bool isCausal = false)
    {
        var dropout = IsTraining ? _dropout : 0;
        // Of a sequence to itself, one product makes q, k and v, and takes their gradients.
        var y = ReferenceEquals(query, key) && ReferenceEquals(query, value)
            ? Heads(query, 0, 3).SelfAttention(mask, isCausal, dropout)
            : Heads(query, 0).ScaledDotProductAttention(Heads(key, 1), Heads(value, 2), mask,
                isCausal, dropout, tokensFirst: true);
        var joined = y.Reshape(new Shape(y.Shape[0], y.Shape[1], EmbedDim));
        return OutProj.Call(_batchFirst ? joined : joined.SwapAxes(0, 1));
    }

    /// <inheritdoc/>
    protected override Tensor Forward((Tensor Query, Tensor Key, Tensor Value) x) =>
        Attend(x.Query, x.Key, x.Value);

    /// <summary>One of q, k and v as (N, T, heads, D), or all as (N, T, 3, heads, D).</summary>
    private Tensor Heads(Tensor x, int which, int count = 1)
    {
        if (x.Rank != 3 || x.Shape[2] != EmbedDim)
        {
            var layout = _batchFirst ? "N, T" : "T, N";
            throw new ArgumentException(
                $"MultiheadAttention expects ({layout}, {EmbedDim}) but got {x.Shape}");
        }
        var from = which * EmbedDim;
        // A third of the weight: the gradient of a slice of the result would be padded.
        var y = count == 3
            ? x.Linear(InProjWeight, InProjBias)
            : x.Linear(InProjWeight.Narrow(0, from, EmbedDim),
                InProjBias?.Narrow(0, from, EmbedDim));
        y = _batchFirst ? y : y.SwapAxes(0, 1);
        var (n, tokens, width) = (y.Shape[0], y.Shape[1], EmbedDim / _heads);
        return y.Reshape(count == 1
            ? new Shape(n, tokens, _heads, width)
            : new Shape(n, tokens, count, _heads, width));
    }
}
