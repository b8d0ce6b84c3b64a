using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// A layer of a Transformer's encoder, (T, N, E) or with the batch first (N, T, E) to the same:
/// <c>x ← norm1(x + attention(x)); y = norm2(x + W₂·act(W₁·x))</c>, or with the norm first
/// <c>x ← x + attention(norm1(x)); y = x + W₂·act(W₁·norm2(x))</c>. Source: Vaswani et al.:
/// Attention Is All You Need, 2017, section 3.1; <c>torch.nn.TransformerEncoderLayer</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it with another shape.</exception>
public sealed class TransformerEncoderLayer : Module<Tensor, Tensor>
{
    private readonly bool _gelu;
    private readonly bool _normFirst;
    private readonly double _p;

    /// <summary>Makes a layer.</summary>
    /// <param name="dModel">E.</param>
    /// <param name="nHead">How many heads; divides E.</param>
    /// <param name="dimFeedforward">The hidden units of the feed-forward part.</param>
    /// <param name="dropout">The probability of dropping weights of the attention, hidden units
    /// and outputs of both parts, in training.</param>
    /// <param name="activation"><c>relu</c> or <c>gelu</c>.</param>
    /// <param name="layerNormEpsilon">Added to variances.</param>
    /// <param name="batchFirst">Input and output are (N, T, E).</param>
    /// <param name="normFirst">Normalizes before each part, not after.</param>
    /// <exception cref="ArgumentException">The activation is unknown, or the heads do not divide
    /// E.</exception>
    public TransformerEncoderLayer(int dModel, int nHead, int dimFeedforward = 2048,
        double dropout = 0.1, string activation = "relu", double layerNormEpsilon = 1e-5,
        bool batchFirst = false, bool normFirst = false)
    {
        _gelu = activation switch
        {
            "relu" => false,
            "gelu" => true,
            _ => throw new ArgumentException(
                "TransformerEncoderLayer: activation is \"relu\" or \"gelu\", "
                + $"got \"{activation}\""),
        };
        Require.AtLeast(nameof(TransformerEncoderLayer), dimFeedforward, 1);
        (_normFirst, _p) = (normFirst, dropout);
        SelfAttn = new MultiheadAttention(dModel, nHead, dropout, batchFirst: batchFirst);
        Linear1 = new Linear(dModel, dimFeedforward);
        Linear2 = new Linear(dimFeedforward, dModel);
        Norm1 = new LayerNorm(dModel, layerNormEpsilon);
        Norm2 = new LayerNorm(dModel, layerNormEpsilon);
    }

    /// <summary>The attention.</summary>
    public MultiheadAttention SelfAttn { get; }

    /// <summary>W₁ and its bias.</summary>
    [field: Name("linear1")]
    public Linear Linear1 { get; }

    /// <summary>W₂ and its bias.</summary>
    [field: Name("linear2")]
    public Linear Linear2 { get; }

    /// <summary>The attention's norm.</summary>
    [field: Name("norm1")]
    public LayerNorm Norm1 { get; }

    /// <summary>The feed-forward part's norm.</summary>
    [field: Name("norm2")]
    public LayerNorm Norm2 { get; }

    /// <summary>The layer with a mask.</summary>
    /// <param name="x">The sequence.</param>
    /// <param name="mask">Broadcasts to (N, heads, T, T): added to the scores, or bools that are
    /// true where a query sees a key; or null.</param>
    /// <param name="isCausal">Whether a token sees itself and those before only.</param>
    public Tensor Encode(Tensor x, Tensor? mask = null, bool isCausal = false)
    {
        if (_normFirst)
        {
            x = x + Drop(SelfAttn.Attend(Norm1.Call(x), mask, isCausal));
            return x + Drop(FeedForward(Norm2.Call(x)));
        }
        x = Norm1.Call(x + Drop(SelfAttn.Attend(x, mask, isCausal)));
        return Norm2.Call(x + Drop(FeedForward(x)));
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Encode(x);

    private Tensor FeedForward(Tensor x)
    {
        var hidden = Linear1.Call(x);
        return Linear2.Call(Drop(_gelu ? hidden.Gelu() : hidden.Relu()));
    }

    private Tensor Drop(Tensor x) => x.Dropout(_p, IsTraining);
}
