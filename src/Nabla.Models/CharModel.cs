using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// A language model over characters: an embedding, a recurrent layer, a linear layer to the
/// vocabulary; ids (T, N) int64 → logits (T, N, vocabulary) of the next character. Graves:
/// Generating Sequences With Recurrent Neural Networks, 2013, section 3.
/// </summary>
/// <exception cref="ArgumentException">Calling it where the ids are not (T, N).</exception>
public abstract class CharModel : Module<Tensor, Tensor>
{
    private readonly Embedding _embedding;
    private readonly Linear _head;

    /// <summary>Makes a model with new weights.</summary>
    private protected CharModel(int vocabulary, int embedding, int hidden)
    {
        _embedding = new Embedding(vocabulary, embedding);
        _head = new Linear(hidden, vocabulary);
    }

    /// <summary>Outputs (T, N, hidden) of the recurrent layer, from states of zero.</summary>
    private protected abstract Tensor Recur(Tensor x);

    /// <inheritdoc/>
    protected sealed override Tensor Forward(Tensor x) =>
        x.Rank == 2
            ? _head.Call(Recur(_embedding.Call(x)))
            : throw new ArgumentException(
                $"{GetType().Name} expects ids of (T, N) but got {x.Shape}");
}
