using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Encoder layers one after another, and a norm at the end if given; (T, N, E) or (N, T, E) to the
/// same: <c>y = norm(layerₙ(… layer₁(x)))</c>. Source: Vaswani et al.: Attention Is All You Need,
/// 2017, section 3.1; <c>torch.nn.TransformerEncoder</c>.
/// </summary>
public sealed class TransformerEncoder : Module<Tensor, Tensor>
{
    /// <summary>Makes an encoder of layers that each have weights of their own.</summary>
    /// <param name="layer">Makes a layer.</param>
    /// <param name="numLayers">How many.</param>
    /// <param name="norm">What normalizes the last output, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no layer.</exception>
    public TransformerEncoder(
        Func<TransformerEncoderLayer> layer, int numLayers, LayerNorm? norm = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Require.AtLeast(nameof(TransformerEncoder), numLayers, 1);
        Layers = [.. Enumerable.Range(0, numLayers).Select(_ => layer())];
        Norm = norm;
    }

    /// <summary>The layers, from the input on.</summary>
    public TransformerEncoderLayer[] Layers { get; }

    /// <summary>The last norm, or null.</summary>
    public LayerNorm? Norm { get; }

    /// <summary>The encoder with a mask.</summary>
    /// <param name="x">The sequence.</param>
    /// <param name="mask">Broadcasts to (N, heads, T, T), for all layers; or null.</param>
    /// <param name="isCausal">Whether a token sees itself and those before only.</param>
    public Tensor Encode(Tensor x, Tensor? mask = null, bool isCausal = false)
    {
        foreach (var layer in Layers)
        {
            x = layer.Encode(x, mask, isCausal);
        }
        return Norm is null ? x : Norm.Call(x);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Encode(x);
}
