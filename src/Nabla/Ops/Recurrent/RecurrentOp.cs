using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// One recurrent layer over all time steps. Inputs: the input's share of the gates (T, N, G·H), the
/// first hidden state (N, H), the recurrent weight (G·H, H), its bias (G·H) and, for an LSTM, the
/// first cell state (N, H). Outputs: all hidden states (T, N, H), for an LSTM all cell states, what
/// backward looks at again (T, N, G·H), and for a GRU the hidden share of the last gate.
/// </summary>
/// <param name="Cell">Which cell.</param>
/// <param name="IsReverse">From the last time step to the first.</param>
public abstract record RecurrentOp(RecurrentCell Cell, bool IsReverse) : Op
{
    /// <summary>Gates of a hidden unit.</summary>
    protected int Gates => Cell switch
    {
        RecurrentCell.Lstm => 4,
        RecurrentCell.Gru => 3,
        _ => 1,
    };

    private bool HasCell => Cell == RecurrentCell.Lstm;

    private bool IsSplit => Cell == RecurrentCell.Gru;

    private bool Keeps => HasCell || IsSplit;

    private int Kept => HasCell ? 2 : 1;

    /// <inheritdoc/>
    public override int OutputCount => Keeps ? 3 : 1;

    /// <inheritdoc/>
    public override Saves Saves => Saves.All;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1..].Fill(y[0]);
        if (Keeps)
        {
            y[Kept] = TensorSpec.Of(x[0]);
        }
    }

    /// <inheritdoc/>
    public override bool MayOverwrite(int output, int input) =>
        input == 0 && output == (Keeps ? Kept : 0);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        Forward(x, y, null);

    /// <summary>
    /// Backward in time: ∂a(t) from ∂h(t) by the cell, ∂h(t−1) = ∂a(t)·W; then
    /// ∂W = Σ ∂a(t)ᵀ·h(t−1) in one product over all steps, ∂b = Σ ∂a(t).
    /// </summary>
    public override Tensor?[] Backward(Backprop b)
    {
        if (GradMode.IsEnabled)
        {
            return Differentiable(b);
        }
        var h = b.Y(0);
        var gh = b.GradOf(0) ?? Tensor.Zeros(h.Shape, h.DType);
        var gc = HasCell ? b.GradOf(1) : null;
        List<Tensor> inputs = [gh, h, b.X(1), b.X(2)];
        if (Keeps)
        {
            inputs.Add(b.Y(Kept));
        }
        if (IsSplit)
        {
            inputs.Add(b.Y(2));
        }
        if (HasCell)
        {
            inputs.AddRange(b.X(4), b.Y(1));
            if (gc is not null)
            {
                inputs.Add(gc);
            }
        }
        var g = new RecurrentBackwardOp(Cell, IsReverse, Gates).ApplyAll([.. inputs]);
        var units = h.Shape[2];
        var gates = g[0].Reshape(-1, Gates * units);
        var last = IsSplit ? g[2].Reshape(-1, units) : null;
        var weight = b.Needs(2)
            ? WeightGradient(gates, last, Before(h, b.X(1)).Reshape(-1, units))
            : null;
        var bias = b.Needs(3) ? BiasGradient(gates, last) : null;
        return HasCell ? [g[0], g[1], weight, bias, g[2]] : [g[0], g[1], weight, bias];
    }

    /// <summary>The same where the first input may be a table (V, G·H), of whose rows an index
    /// (T, N) names the input's.</summary>
    internal void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y, Tensor? index) =>
        x[0].Device.Recurrent(Cell, IsReverse, x[0], x[2], x[3], x[1], HasCell ? x[4] : null,
            y[0], HasCell ? y[1] : null, Keeps ? y[Kept] : null, IsSplit ? y[2] : null, index);

    /// <summary>One step in ops: the states after it from the gates' two shares and the states
    /// before it.</summary>
    protected abstract Tensor[] Step(Tensor input, Tensor hidden, Tensor[] states);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var (input, h0, weight) = (x[0].Shape, x[1].Shape, x[2].Shape);
        if (!x[0].DType.IsFloat || x[0].DType.Size < 4)
        {
            throw new ArgumentException(
                $"{Name} expects float32 or float64 but got {x[0].DType.Name}; convert with To");
        }
        foreach (var other in x)
        {
            if (other.DType != x[0].DType)
            {
                throw new ArgumentException($"{Name} expects one dtype, {x[0].DType.Name} as the "
                    + $"input's, but got {other.DType.Name}; convert with To");
            }
        }
        if (input.Rank != 3 || weight.Rank != 2 || weight[0] != Gates * weight[1]
            || input[2] != weight[0])
        {
            throw new ArgumentException($"{Name} expects gates (T, N, {Gates}·H) and a weight "
                + $"({Gates}·H, H) but got {input} and {weight}");
        }
        var state = new Shape(input[1], weight[1]);
        if (input[0] < 1)
        {
            throw new ArgumentException($"{Name} expects at least one time step but got {input}");
        }
        if (h0 != state || (HasCell && x[4].Shape != state))
        {
            throw new ArgumentException($"{Name} expects first states of shape {state} but got "
                + $"{h0}{(HasCell ? $" and {x[4].Shape}" : "")}");
        }
        if (x[3].Shape != new Shape(weight[0]))
        {
            throw new ArgumentException(
                $"{Name} expects a bias ({weight[0]},) but got {x[3].Shape}");
        }
        return new TensorSpec(new Shape(input[0], input[1], weight[1]), x[0].DType);
    }

    /// <summary>∂aᵀ·h′; of the hidden share, the last gate may have a gradient of its own.
    /// </summary>
    private static Tensor WeightGradient(Tensor gates, Tensor? last, Tensor before) =>
        last is null ? gates.T.MatMul(before) : Tensor.Cat(
            [gates[.., ..^(int)last.Shape[1]].T.MatMul(before), last.T.MatMul(before)], 0);

    private static Tensor BiasGradient(Tensor gates, Tensor? last) =>
        last is null ? Sum(gates)
            : Tensor.Cat([Sum(gates)[..^(int)last.Shape[1]], Sum(last)], 0);

    /// <summary>As a layer's bias asks for it: in a captured step, both are one.</summary>
    private static Tensor Sum(Tensor gates) => SumToOp.Of(gates, new Shape(gates.Shape[1]));

    /// <summary>The hidden state that each step started from, (T, N, H).</summary>
    private Tensor Before(Tensor h, Tensor h0)
    {
        var first = h0.Unsqueeze(0);
        return h.Shape[0] == 1 ? first
            : IsReverse ? Tensor.Cat([h[1..], first], 0)
            : Tensor.Cat([first, h[..^1]], 0);
    }

    /// <summary>The gradient through ops that have gradients of their own.</summary>
    private Tensor?[] Differentiable(Backprop b)
    {
        var (input, weight, bias) = (b.X(0), b.X(2), b.X(3));
        Tensor[] states = HasCell ? [b.X(1), b.X(4)] : [b.X(1)];
        var all = new Tensor[states.Length][];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = new Tensor[input.Shape[0]];
        }
        for (var s = 0; s < input.Shape[0]; s++)
        {
            var t = IsReverse ? input.Shape[0] - 1 - s : s;
            states = Step(input[t], states[0].MatMul(weight.T) + bias, states);
            for (var i = 0; i < states.Length; i++)
            {
                all[i][t] = states[i];
            }
        }
        var outputs = new List<Tensor>();
        var grads = new List<Tensor>();
        for (var i = 0; i < all.Length; i++)
        {
            if (b.GradOf(i) is { } grad)
            {
                outputs.Add(Tensor.Stack(all[i], 0));
                grads.Add(grad);
            }
        }
        var (needed, inputs) = (new List<int>(), new List<Tensor>());
        for (var i = 0; i < b.InputCount; i++)
        {
            if (b.Needs(i))
            {
                needed.Add(i);
                inputs.Add(b.X(i));
            }
        }
        var found = Tensor.Gradients([.. outputs], [.. inputs], [.. grads], retainGraph: true,
            createGraph: true);
        var results = new Tensor?[b.InputCount];
        for (var i = 0; i < found.Length; i++)
        {
            results[needed[i]] = found[i];
        }
        return results;
    }
}
