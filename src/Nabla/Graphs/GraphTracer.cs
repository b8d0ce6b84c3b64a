using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Records a step's ops on tensors without value. In-place writes become new values: a written
/// storage is a sequence of values, and every view of it is found again in the latest.
/// </summary>
internal sealed class GraphTracer : Tracer
{
    private readonly List<GraphNode> _nodes = [];
    private readonly Dictionary<(Storage, Layout), GraphValue> _externals = [];
    private readonly List<Storage> _written = [];
    private readonly List<(Tensor Leaf, Tensor? Before)> _grads = [];
    private readonly HashSet<Tensor> _gradLeaves = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _guarded = new(ReferenceEqualityComparer.Instance);
    private readonly List<Func<string?>> _guards = [];

    /// <summary>Storages made from here on are constants of the step, not state.</summary>
    private readonly long _born = Storage.NextId;

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>What must still hold for the trace to be what the function does.</summary>
    public Func<string?>[] Guards => [.. _guards];

    public override void Guard(object owner, Func<Func<string?>> watch)
    {
        if (_guarded.Add(owner))
        {
            _guards.Add(watch());
        }
    }

    public GraphValue AddInput(TensorSpec spec, IDevice device, out Tensor handle)
    {
        var value = new GraphValue(spec, null, 0, null);
        handle = NewHandle(value, device);
        return value;
    }

    public override Tensor[] Record(Op op, ReadOnlySpan<Tensor> x)
    {
        var inputs = new GraphValue[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            inputs[i] = ValueOf(x[i]);
        }
        if (op is ViewOp view)
        {
            var layout = view.View(x[0]);
            var viewed = new GraphNode(op, inputs, [new TensorSpec(layout.Shape, x[0].DType)]);
            _nodes.Add(viewed);
            var alias = x[0].Alias(layout);
            Bind(alias, viewed.OutputArray[0]);
            return [alias];
        }
        var specs = new TensorSpec[op.OutputCount];
        op.InferAll(x, specs);
        var node = new GraphNode(op, inputs, specs);
        _nodes.Add(node);
        var device = x.Length > 0 ? x[0].Device : CpuDevice.Instance;
        var handles = new Tensor[specs.Length];
        for (var i = 0; i < specs.Length; i++)
        {
            handles[i] = NewHandle(node.OutputArray[i], device);
        }
        return handles;
    }

    public override void Write(Tensor target, Tensor value)
    {
        var next = ValueOf(value);
        var history = HistoryOf(target);
        if (target.Layout == history.Layout)
        {
            history.Value = next;
        }
        else
        {
            var op = new StridedScatterOp(target.Layout, history.Layout);
            var node = new GraphNode(op, [history.Value, next], [history.Value.Spec]);
            _nodes.Add(node);
            history.Value = node.OutputArray[0];
        }
        history.Writes++;
    }

    public override void GradChanged(Tensor leaf, Tensor? before)
    {
        if (_gradLeaves.Add(leaf))
        {
            _grads.Add((leaf, before));
            if (leaf.Storage.Id < _born)
            {
                _guards.Add(() => ReferenceEquals(GradState.Of(leaf)?.Grad, before) ? null
                    : "a leaf has another Grad than at capture, or none any more");
            }
        }
    }

    /// <summary>Ends the trace: what was written outside becomes assigns, and everything that the
    /// trace touched is as before.</summary>
    public GraphAssign[] Finish()
    {
        RestoreGrads();
        var assigns = new List<GraphAssign>();
        foreach (var storage in _written)
        {
            var history = (History)storage.Trace!;
            if (history.Target is { } target && storage.Id < _born && history.Writes > 0)
            {
                assigns.Add(new GraphAssign(target, history.Value));
            }
        }
        Undo();
        return [.. assigns];
    }

    /// <summary>Forgets an unfinished trace.</summary>
    public void Abandon()
    {
        foreach (var (leaf, before) in _grads)
        {
            GradState.For(leaf).Grad = before;
        }
        Undo();
    }

    public GraphValue ValueOf(Tensor x)
    {
        var history = x.Storage.Trace as History;
        var bound = x.TraceState as Binding;
        if (bound?.Owner == this && (history?.Writes ?? 0) == bound.Writes)
        {
            return bound.Value;
        }
        GraphValue value;
        if (history is not null && history.Writes > 0)
        {
            value = history.Value;
            if (x.Layout != history.Layout)
            {
                var op = new StridedViewOp(x.Layout, history.Layout);
                var node = new GraphNode(op, [value], [TensorSpec.Of(x)]);
                _nodes.Add(node);
                value = node.OutputArray[0];
            }
        }
        else if (x.IsSymbolic)
        {
            throw new GraphBreakException("a tensor from another captured step is used in this one;"
                + " return it from that step, and pass it to this one as an argument");
        }
        else
        {
            value = External(x);
        }
        if (x.IsSymbolic || x.Storage.Id >= _born)
        {
            Bind(x, value);
        }
        return value;
    }

    private GraphValue External(Tensor x)
    {
        x.Storage.ThrowIfDiscarded();
        if (!x.IsWeak && x.Storage.Id < _born)
        {
            Guard(x, () => TensorGuard.Of(x));
        }
        if (!_externals.TryGetValue((x.Storage, x.Layout), out var value))
        {
            value = new GraphValue(TensorSpec.Of(x), null, 0, x.Detach())
            {
                IsConstant = x.IsWeak || x.Storage.Id >= _born,
            };
            if (x.IsWeak)
            {
                value = new GraphValue(TensorSpec.Of(x), null, 0, x) { IsConstant = true };
            }
            _externals.Add((x.Storage, x.Layout), value);
        }
        return value;
    }

    private History HistoryOf(Tensor target)
    {
        if (target.Storage.Trace is History known)
        {
            return known;
        }
        History history;
        if (target.IsSymbolic)
        {
            // The storage was made by Record, dense and whole.
            var root = (target.Storage.Creator as Binding)!;
            history = new History(root.Value, Layout.Contiguous(root.Value.Spec.Shape), null);
        }
        else
        {
            var whole = Whole(target);
            history = new History(External(whole), whole.Layout, whole);
        }
        history.Version = target.Storage.Version;
        target.Storage.Trace = history;
        _written.Add(target.Storage);
        return history;
    }

    /// <summary>A handle on everything in the target's storage, of the target's shape if it can.
    /// </summary>
    private static Tensor Whole(Tensor target)
    {
        if (target.IsContiguous && target.Layout.Offset == 0
            && target.Count * target.DType.Size == target.Storage.Bytes)
        {
            return target.Alias();
        }
        var count = target.Storage.Bytes / target.DType.Size;
        return target.Alias(Layout.Contiguous(new Shape(count)));
    }

    private void RestoreGrads()
    {
        foreach (var (leaf, before) in _grads)
        {
            var state = GradState.For(leaf);
            var after = state.Grad;
            state.Grad = before;
            // A gradient that went on accumulating is state; a new one belongs to the step.
            if (before is not null && after is not null && !ReferenceEquals(before, after))
            {
                Write(before, after);
            }
        }
    }

    private void Undo()
    {
        foreach (var storage in _written)
        {
            storage.Version = ((History)storage.Trace!).Version;
            storage.Trace = null;
        }
    }

    private Tensor NewHandle(GraphValue value, IDevice device)
    {
        var spec = value.Spec;
        var storage = Storage.Symbolic(spec.Shape.Count * spec.DType.Size, device);
        var handle = new Tensor(storage, Layout.Contiguous(spec.Shape), spec.DType);
        Bind(handle, value);
        storage.Creator = handle.TraceState;
        return handle;
    }

    private void Bind(Tensor x, GraphValue value) =>
        x.TraceState = new Binding(this, value, (x.Storage.Trace as History)?.Writes ?? 0);

    /// <summary>The value a handle stood for when its storage had been written so often.</summary>
    private sealed record Binding(GraphTracer Owner, GraphValue Value, int Writes)
    {
        public override string ToString() => Value.Producer is { } producer
            ? $"the result of {producer.Op.Name}"
            : "an argument of the step";
    }

    /// <summary>The latest contents of a written storage.</summary>
    private sealed class History(GraphValue value, Layout layout, Tensor? target)
    {
        public GraphValue Value { get; set; } = value;

        public Layout Layout { get; } = layout;

        public Tensor? Target { get; } = target;

        public int Writes { get; set; }

        public int Version { get; set; }
    }
}
