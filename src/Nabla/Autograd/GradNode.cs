using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>Where a gradient goes next.</summary>
internal readonly record struct Edge(GradNode? Node, int Output)
{
    public bool IsConnected => Node is not null;
}

/// <summary>An op that ran and may be differentiated: a node of the tape.</summary>
internal class GradNode
{
    private static long _next;

    private readonly Tensor?[] _inputs;
    private readonly Tensor?[] _outputs;
    private readonly int[] _versions;
    private bool _freed;

    public GradNode(Op op, Edge[] edges, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        Op = op;
        Edges = edges;
        Sequence = Interlocked.Increment(ref _next);
        InputSpecs = new TensorSpec[x.Length];
        OutputSpecs = new TensorSpec[y.Length];
        _inputs = new Tensor?[x.Length];
        _outputs = new Tensor?[y.Length];
        _versions = new int[x.Length + y.Length];
        var saves = op.Saves;
        for (var i = 0; i < x.Length; i++)
        {
            InputSpecs[i] = TensorSpec.Of(x[i]);
            if (saves.HasInput(i))
            {
                _inputs[i] = x[i];
                _versions[i] = x[i].Version;
            }
        }
        for (var i = 0; i < y.Length; i++)
        {
            OutputSpecs[i] = TensorSpec.Of(y[i]);
            if (saves.HasOutput(i))
            {
                // A handle of its own: the tape must not keep itself alive through its output.
                _outputs[i] = y[i].Alias();
                _outputs[i]!.TraceState = y[i].TraceState;
                _versions[x.Length + i] = y[i].Version;
            }
        }
    }

    public Op Op { get; }

    /// <summary>Where the gradients of the inputs go; empty once the node is freed.</summary>
    public Edge[] Edges { get; private set; }

    /// <summary>Creation order: a node's inputs have lower numbers.</summary>
    public long Sequence { get; }

    public TensorSpec[] InputSpecs { get; }

    public TensorSpec[] OutputSpecs { get; }

    /// <summary>Hooks and retained gradients of its outputs.</summary>
    public List<(int Output, GradState State)>? Watchers { get; set; }

    public Tensor SavedInput(int i) => Saved(_inputs[i], _versions[i], "input", i);

    public Tensor SavedOutput(int i)
    {
        var y = Saved(_outputs[i], _versions[_inputs.Length + i], "output", i);
        if (GradMode.IsEnabled && y.GradientState is null)
        {
            // Under create_graph the output is differentiated again, through this very node.
            y = y.Alias();
            y.TraceState = _outputs[i]!.TraceState;
            y.GradientState = new GradState { Node = this, Output = i };
        }
        return y;
    }

    /// <summary>Runs the gradient rule.</summary>
    public virtual Tensor?[] Backward(Tensor?[] grads) => Op.Backward(new Backprop(this, grads));

    public void CheckNotFreed()
    {
        if (_freed)
        {
            throw new InvalidOperationException($"backward: the graph through {Op.Name} was "
                + "already freed by an earlier backward; pass retainGraph: true to the first one "
                + "to run twice");
        }
    }

    /// <summary>Lets go of what was saved.</summary>
    public virtual void Free()
    {
        // What saved nothing can run again. What cannot lets go of the tape behind it, so that a
        // loss kept for a plot does not keep every node of its step.
        if (Op.Saves != Saves.None)
        {
            _freed = true;
            Edges = [];
        }
        Array.Clear(_inputs);
        Array.Clear(_outputs);
    }

    private Tensor Saved(Tensor? x, int version, string what, int i)
    {
        CheckNotFreed();
        if (x is null)
        {
            throw new InvalidOperationException(
                $"{Op.Name}.Backward reads {what} {i}, which its Saves does not declare");
        }
        if (x.Version != version)
        {
            throw new InvalidOperationException($"backward: {what} {i} of {Op.Name}, shape "
                + $"{x.Shape}, was changed in place after it was saved (version {x.Version}, "
                + $"expected {version}); use an out-of-place op, or Clone() it before the change");
        }
        return x;
    }
}

/// <summary>The end of the tape: adds what arrives to a leaf's gradient.</summary>
internal sealed class AccumulateNode(Tensor leaf) : GradNode(LeafOp.Instance, [], [], [])
{
    public Tensor Leaf { get; } = leaf;

    public override Tensor?[] Backward(Tensor?[] grads) => [];

    public override void Free()
    {
    }

    private sealed record LeafOp : Op
    {
        public static readonly LeafOp Instance = new();

        public override string Name => "Leaf";

        public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
        {
        }

        protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => default;
    }
}
