using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// A causal Transformer over tokens: an embedding plus one for each position, encoder layers that
/// see the past only, a linear layer to the vocabulary; ids (N, T) int64 → logits
/// (N, T, vocabulary) of the next token. Radford, Narasimhan, Salimans, Sutskever: Improving
/// Language Understanding by Generative Pre-Training, 2018, section 3.1; layers as in Vaswani et
/// al.: Attention Is All You Need, 2017.
/// </summary>
/// <exception cref="ArgumentException">Calling it where the ids are not (N, T) with T within the
/// context.</exception>
public sealed class TransformerLanguageModel : Module<Tensor, Tensor>
{
    private readonly Embedding _embedding;
    private readonly Parameter _positions;
    private readonly TransformerEncoder _encoder;
    private readonly Linear _head;

    /// <summary>Makes a model with new weights.</summary>
    /// <param name="vocabulary">The number of tokens.</param>
    /// <param name="context">The longest sequence.</param>
    /// <param name="width">The size of a token's vector.</param>
    /// <param name="heads">Heads of each layer; divides the width.</param>
    /// <param name="hidden">Units of each layer's feed-forward part.</param>
    /// <param name="layers">How many layers.</param>
    /// <param name="dropout">The probability of dropping, in training.</param>
    public TransformerLanguageModel(int vocabulary = 64, int context = 128, int width = 256,
        int heads = 4, int hidden = 1024, int layers = 4, double dropout = 0.1)
    {
        _embedding = new Embedding(vocabulary, width);
        _positions = new Parameter(Tensor.Zeros(context, width));
        _encoder = new TransformerEncoder(
            () => new TransformerEncoderLayer(width, heads, hidden, dropout, batchFirst: true),
            layers);
        _head = new Linear(width, vocabulary);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x)
    {
        if (x.Rank != 2 || x.Shape[1] > _positions.Shape[0])
        {
            throw new ArgumentException("TransformerLanguageModel expects ids of (N, T) with T up "
                + $"to {_positions.Shape[0]} but got {x.Shape}");
        }
        var tokens = _embedding.Call(x) + _positions.Slice(0, ..(int)x.Shape[1]);
        return _head.Call(_encoder.Encode(tokens, isCausal: true));
    }
}
