using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>A language model over characters with gated recurrent units (Cho et al. 2014):
/// ids (T, N) → logits (T, N, vocabulary).</summary>
/// <param name="vocabulary">The number of characters.</param>
/// <param name="embedding">The size of a character's vector.</param>
/// <param name="hidden">The size of the hidden state.</param>
public sealed class CharGru(int vocabulary = 64, int embedding = 128, int hidden = 256)
    : CharModel(vocabulary, embedding, hidden)
{
    private readonly GRU _gru = new(embedding, hidden);

    private protected override Tensor Recur(Tensor x) => _gru.Call(x).Output;
}
