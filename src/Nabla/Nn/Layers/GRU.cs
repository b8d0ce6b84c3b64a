using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Gated recurrent units: <c>r, z = σ(W·x + U·h′ + b)</c>, <c>n = tanh(W·x + b + r·(U·h′ + b))</c>,
/// <c>h = (1 − z)·n + z·h′</c>. (T, N, in) → (T, N, directions·H), with states
/// (layers·directions, N, H). Source: Cho et al.: Learning Phrase Representations using RNN
/// Encoder–Decoder, 2014; <c>torch.nn.GRU</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it with an input or states of other shapes.
/// </exception>
public sealed class GRU
    : RecurrentLayer<(Tensor Input, Tensor? State), (Tensor Output, Tensor State)>
{
    /// <summary>Makes a layer with new weights.</summary>
    /// <param name="inputSize">The size of inputs.</param>
    /// <param name="hiddenSize">H.</param>
    /// <param name="numLayers">Layers over one another.</param>
    /// <param name="bias">Whether gates have biases.</param>
    /// <param name="batchFirst">Sequences are (N, T, …) and not (T, N, …).</param>
    /// <param name="dropout">Probability of dropping outputs between layers.</param>
    /// <param name="bidirectional">Each layer also runs from the last step to the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the dropout is not
    /// within 0 to 1.</exception>
    public GRU(int inputSize, int hiddenSize, int numLayers = 1, bool bias = true,
        bool batchFirst = false, double dropout = 0, bool bidirectional = false)
        : base(3, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional)
    {
    }

    /// <summary>Runs from a state of zero.</summary>
    public (Tensor Output, Tensor State) Call(Tensor x) => Call((x, null));

    /// <inheritdoc/>
    protected override (Tensor Output, Tensor State) Forward((Tensor Input, Tensor? State) x)
    {
        var (y, last) = RunLayers(x.Input, [x.State], 1);
        return (y, last[0]);
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(Shape input, Shape output) =>
        CountMultiplyAdds(input);

    private protected override Tensor[] RunLayer(
        Tensor gates, Tensor[] states, Tensor weight, Tensor bias, bool reverse) =>
        [gates.Gru(states[0], weight, bias, reverse)];
}
