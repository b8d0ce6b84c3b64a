using System.Collections.Concurrent;
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
    private static readonly ConcurrentDictionary<Type, GradNode> Remnants = new();
    private static long _next;

    private Saved[] _inputs = [];
    private Saved[] _outputs = [];
    private bool _freed;

    public GradNode(Op op, Edge[] edges, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        Op = op;
        Edges = edges;
        Sequence = Interlocked.Increment(ref _next);
        OutputCount = y.Length;
        InputSpecs = SpecsOf(x);
        OutputSpecs = SpecsOf(y);
        var saves = op.Saves;
        if (saves.InputMask != 0)
        {
            _inputs = new Saved[x.Length];
            for (var i = 0; i < x.Length; i++)
            {
                _inputs[i] = saves.HasInput(i) ? new Saved(x[i]) : default;
            }
        }
        if (saves.OutputMask != 0)
        {
            _outputs = new Saved[y.Length];
            for (var i = 0; i < y.Length; i++)
            {
                // A handle of its own: the tape must not keep itself alive through its output.
                _outputs[i] = saves.HasOutput(i) ? new Saved(HandleOn(y[i])) : default;
            }
        }
    }

    public Op Op { get; }

    /// <summary>Where the gradients of the inputs go; empty once the node is freed.</summary>
    public Edge[] Edges { get; private set; }

    /// <summary>Whether it cannot run any more.</summary>
    public bool IsFreed => _freed;

    /// <summary>What a tensor that is kept needs of a freed node: the name of its op. All nodes of
    /// an op share it.</summary>
    public GradNode Remnant => Remnants.GetOrAdd(
        Op.GetType(), static (_, op) => new GradNode(op, [], [], []) { _freed = true }, Op);

    /// <summary>Creation order: a node's inputs have lower numbers.</summary>
    public long Sequence { get; }

    public int OutputCount { get; }

    public TensorSpec[] InputSpecs { get; private set; }

    public TensorSpec[] OutputSpecs { get; private set; }

    /// <summary>Hooks and retained gradients of its outputs.</summary>
    public List<(int Output, GradState State)>? Watchers { get; set; }

    public Tensor SavedInput(int i) => Find(_inputs, "input", i);

    public Tensor SavedOutput(int i)
    {
        var y = Find(_outputs, "output", i);
        if (GradMode.IsEnabled && y.GradientState is null)
        {
            // Under create_graph the output is differentiated again, through this very node.
            y = HandleOn(y);
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
            InputSpecs = [];
            OutputSpecs = [];
        }
        LetGo(ref _inputs);
        LetGo(ref _outputs);
    }

    private Tensor Find(Saved[] saved, string what, int i)
    {
        CheckNotFreed();
        if (i >= saved.Length || saved[i].Tensor is not { } x)
        {
            throw new InvalidOperationException(
                $"{Op.Name}.Backward reads {what} {i}, which its Saves does not declare");
        }
        var version = saved[i].Version;
        if (x.Version != version)
        {
            throw new InvalidOperationException($"backward: {what} {i} of {Op.Name}, shape "
                + $"{x.Shape}, was changed in place after it was saved (version {x.Version}, "
                + $"expected {version}); use an out-of-place op, or Clone() it before the change");
        }
        return x;
    }

    private static void LetGo(ref Saved[] all)
    {
        foreach (var saved in all)
        {
            saved.Tensor?.Storage.LetGo();
        }
        all = [];
    }

    private static Tensor HandleOn(Tensor y)
    {
        var handle = y.Alias();
        handle.TraceState = y.TraceState;
        return handle;
    }

    private static TensorSpec[] SpecsOf(ReadOnlySpan<Tensor> tensors)
    {
        var specs = new TensorSpec[tensors.Length];
        for (var i = 0; i < specs.Length; i++)
        {
            specs[i] = TensorSpec.Of(tensors[i]);
        }
        return specs;
    }

    /// <summary>A tensor that the gradient rule needs, and its version then.</summary>
    private readonly struct Saved
    {
        public readonly Tensor? Tensor;
        public readonly int Version;

        public Saved(Tensor tensor)
        {
            Tensor = tensor;
            Version = tensor.Version;
            tensor.Storage.Hold();
        }
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
