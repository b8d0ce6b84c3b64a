using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Long short-term memory: <c>i, f, o = σ(W·x + U·h′ + b)</c>, <c>g = tanh(…)</c>,
/// <c>c = f·c′ + i·g</c>, <c>h = o·tanh c</c>. (T, N, in) → (T, N, directions·H), with states
/// (layers·directions, N, H). Source: Hochreiter, Schmidhuber: Long Short-Term Memory, 1997;
/// forget gates: Gers, Schmidhuber, Cummins 2000; <c>torch.nn.LSTM</c>.
/// </summary>
/// <exception cref="ArgumentException">Calling it with an input or states of other shapes.
/// </exception>
public sealed class LSTM : RecurrentLayer<
    (Tensor Input, (Tensor H, Tensor C)? State), (Tensor Output, (Tensor H, Tensor C) State)>
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
    public LSTM(int inputSize, int hiddenSize, int numLayers = 1, bool bias = true,
        bool batchFirst = false, double dropout = 0, bool bidirectional = false)
        : base(4, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional)
    {
    }

    /// <summary>Runs from states of zero.</summary>
    public (Tensor Output, (Tensor H, Tensor C) State) Call(Tensor x) => Call((x, null));

    /// <inheritdoc/>
    protected override (Tensor Output, (Tensor H, Tensor C) State) Forward(
        (Tensor Input, (Tensor H, Tensor C)? State) x)
    {
        var (y, last) = RunLayers(x.Input, [x.State?.H, x.State?.C], 2);
        return (y, (last[0], last[1]));
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(Shape input, Shape output) =>
        CountMultiplyAdds(input);

    private protected override Tensor[] RunLayer(
        Tensor gates, Tensor[] states, Tensor weight, Tensor bias, bool reverse)
    {
        var (h, c) = gates.Lstm(states[0], states[1], weight, bias, reverse);
        return [h, c];
    }
}
