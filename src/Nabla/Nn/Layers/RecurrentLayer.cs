using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// What <see cref="RNN"/>, <see cref="LSTM"/> and <see cref="GRU"/> share: layers over layers, both
/// directions, dropout between layers, and parameters with the names of PyTorch,
/// <c>weight_ih_l0</c>, <c>weight_hh_l0_reverse</c> …
/// </summary>
/// <typeparam name="TIn">The input and the first states.</typeparam>
/// <typeparam name="TOut">The output and the last states.</typeparam>
public abstract class RecurrentLayer<TIn, TOut> : Module<TIn, TOut>
{
    [Name("")]
    private readonly OrderedDictionary<string, Parameter> _parameters = [];

    private readonly int _gates;
    private readonly bool _hasBias;
    private readonly double _dropout;

    /// <summary>Makes a layer whose weights all come from U(−1/√H, 1/√H).</summary>
    private protected RecurrentLayer(int gates, int inputSize, int hiddenSize, int numLayers,
        bool bias, bool batchFirst, double dropout, bool bidirectional)
    {
        Require.AtLeast(GetType().Name, inputSize, 1);
        Require.AtLeast(GetType().Name, hiddenSize, 1);
        Require.AtLeast(GetType().Name, numLayers, 1);
        Require.Share(GetType().Name, dropout);
        (_gates, _hasBias, _dropout) = (gates, bias, dropout);
        (InputSize, HiddenSize, NumLayers) = (inputSize, hiddenSize, numLayers);
        (IsBatchFirst, IsBidirectional) = (batchFirst, bidirectional);
        for (var layer = 0; layer < numLayers; layer++)
        {
            var width = layer == 0 ? inputSize : Directions * hiddenSize;
            for (var d = 0; d < Directions; d++)
            {
                Add($"weight_ih_{Suffix(layer, d)}", gates * hiddenSize, width);
                Add($"weight_hh_{Suffix(layer, d)}", gates * hiddenSize, hiddenSize);
                if (bias)
                {
                    Add($"bias_ih_{Suffix(layer, d)}", gates * hiddenSize);
                    Add($"bias_hh_{Suffix(layer, d)}", gates * hiddenSize);
                }
            }
        }
    }

    /// <summary>The size of inputs.</summary>
    public int InputSize { get; }

    /// <summary>The size of hidden states.</summary>
    public int HiddenSize { get; }

    /// <summary>Layers over one another.</summary>
    public int NumLayers { get; }

    /// <summary>Whether sequences are (N, T, …) and not (T, N, …).</summary>
    public bool IsBatchFirst { get; }

    /// <summary>Whether each layer also runs from the last time step to the first.</summary>
    public bool IsBidirectional { get; }

    /// <inheritdoc/>
    protected override string Description => $"{InputSize}, {HiddenSize}"
        + (NumLayers > 1 ? $", num_layers={NumLayers}" : "")
        + (_hasBias ? "" : ", bias=False")
        + (IsBatchFirst ? ", batch_first=True" : "")
        + (_dropout > 0 ? $", dropout={_dropout}" : "")
        + (IsBidirectional ? ", bidirectional=True" : "");

    private int Directions => IsBidirectional ? 2 : 1;

    /// <summary>One layer in one direction.</summary>
    /// <param name="gates">The input's share of the gates, (T, N, G·H).</param>
    /// <param name="states">The first states, (N, H) each.</param>
    /// <param name="weight">The recurrent weight, (G·H, H).</param>
    /// <param name="bias">Its bias, (G·H,).</param>
    /// <param name="reverse">From the last time step to the first.</param>
    /// <returns>All hidden states and, for an LSTM, all cell states, (T, N, H).</returns>
    private protected abstract Tensor[] RunLayer(
        Tensor gates, Tensor[] states, Tensor weight, Tensor bias, bool reverse);

    /// <summary>All layers.</summary>
    /// <param name="x">(T, N, in), (N, T, in) when batches come first, or (T, in).</param>
    /// <param name="first">The first states, (layers·directions, N, H) each; null is zero.</param>
    /// <param name="kinds">States of a unit: 1, or 2 with a cell state.</param>
    /// <returns>The output (T, N, directions·H), and the last states.</returns>
    private protected (Tensor Output, Tensor[] Last) RunLayers(
        Tensor x, Tensor?[] first, int kinds)
    {
        if (x.Rank is not (2 or 3) || x.Shape[^1] != InputSize)
        {
            throw new ArgumentException($"{GetType().Name} expects "
                + $"{(IsBatchFirst ? "(N, T" : "(T, N")}, {InputSize}) or (T, {InputSize}) but got "
                + $"{x.Shape}");
        }
        var isSingle = x.Rank == 2;
        x = isSingle ? x.Unsqueeze(1) : IsBatchFirst ? x.Transpose(0, 1) : x;
        var rows = NumLayers * Directions;
        var starts = new Tensor[kinds];
        for (var k = 0; k < kinds; k++)
        {
            starts[k] = Start(first[k], rows, x, isSingle);
        }
        var last = new Tensor[kinds][];
        for (var k = 0; k < kinds; k++)
        {
            last[k] = new Tensor[rows];
        }
        for (var layer = 0; layer < NumLayers; layer++)
        {
            if (layer > 0 && _dropout > 0)
            {
                x = x.Dropout(_dropout, IsTraining);
            }
            var outputs = new Tensor[Directions];
            for (var d = 0; d < Directions; d++)
            {
                var row = (layer * Directions) + d;
                var states = RunLayer(Gates(x, layer, d), [.. starts.Select(s => s[row])],
                    Find("weight_hh", layer, d)!,
                    Find("bias_hh", layer, d)
                        ?? Tensor.Zeros(new Shape(_gates * HiddenSize), x.DType), d == 1);
                outputs[d] = states[0];
                for (var k = 0; k < kinds; k++)
                {
                    last[k][row] = states[k][d == 1 ? 0 : -1];
                }
            }
            x = Directions == 1 ? outputs[0] : Tensor.Cat(outputs, 2);
        }
        x = isSingle ? x.Squeeze(1) : IsBatchFirst ? x.Transpose(0, 1) : x;
        return (x, [.. last.Select(states => isSingle
            ? Tensor.Stack(states, 0).Squeeze(1)
            : Tensor.Stack(states, 0))]);
    }

    /// <summary>Multiply-adds of (T·N) steps through all layers.</summary>
    private protected long CountMultiplyAdds(Shape input)
    {
        var steps = input.Count / InputSize;
        var widths = InputSize + ((NumLayers - 1L) * Directions * HiddenSize);
        return steps * Directions * _gates * HiddenSize * (widths + ((long)NumLayers * HiddenSize));
    }

    private static string Suffix(int layer, int direction) =>
        direction == 0 ? $"l{layer}" : $"l{layer}_reverse";

    private Tensor Gates(Tensor x, int layer, int direction) =>
        x.Linear(Find("weight_ih", layer, direction)!, Find("bias_ih", layer, direction));

    private Parameter? Find(string name, int layer, int direction) =>
        _parameters.GetValueOrDefault($"{name}_{Suffix(layer, direction)}");

    private Tensor Start(Tensor? given, int rows, Tensor x, bool isSingle)
    {
        var shape = new Shape(rows, x.Shape[1], HiddenSize);
        if (given is null)
        {
            return Tensor.Zeros(shape, x.DType);
        }
        var start = isSingle && given.Rank == 2 ? given.Unsqueeze(1) : given;
        return start.Shape == shape
            ? start
            : throw new ArgumentException($"{GetType().Name} expects first states of shape "
                + $"{(isSingle ? new Shape(rows, HiddenSize) : shape)} but got {given.Shape}");
    }

    private void Add(string name, params ReadOnlySpan<long> shape)
    {
        var bound = 1 / Math.Sqrt(HiddenSize);
        var value = Tensor.Zeros(new Shape(shape));
        Init.Uniform(value, -bound, bound);
        _parameters.Add(name, new Parameter(value));
    }
}
