using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>Walks the tape from outputs to leaves, latest op first.</summary>
internal sealed class BackwardPass
{
    private readonly Dictionary<GradNode, Tensor?[]> _pending = [];
    private readonly PriorityQueue<GradNode, long> _ready = new();
    private readonly bool _retain;
    private readonly HashSet<AccumulateNode>? _wanted;
    private readonly Dictionary<AccumulateNode, Tensor> _found = [];

    /// <summary>Where a pass for chosen inputs goes; null goes everywhere.</summary>
    private readonly BackwardRoute? _route;

    private readonly GradientMemory _memory = new();

    private BackwardPass(
        bool retain, HashSet<AccumulateNode>? wanted = null, BackwardRoute? route = null)
    {
        _retain = retain;
        _wanted = wanted;
        _route = route;
    }

    /// <summary>Accumulates into the leaves' <c>Grad</c>.</summary>
    public static void Run(Tensor root, Tensor? gradient, bool retainGraph, bool createGraph)
    {
        new BackwardPass(retainGraph).Walk([root], [gradient], createGraph);
        // A loss that is kept for a plot should not keep the node of its step.
        if (GradState.Of(root) is { Node: { IsFreed: true } node } state)
        {
            state.Node = node.Remnant;
        }
    }

    /// <summary>Returns gradients for the inputs and touches no <c>Grad</c>.</summary>
    public static Tensor?[] Grad(Tensor[] roots, Tensor[] inputs, Tensor?[] gradients,
        bool retainGraph, bool createGraph)
    {
        var leaves = new AccumulateNode?[inputs.Length];
        var watchers = new List<(GradNode Node, (int, GradState) Watch)>();
        var states = new GradState?[inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var edge = Tape.EdgeOf(inputs[i]);
            if (edge.Node is AccumulateNode leaf)
            {
                leaves[i] = leaf;
            }
            else if (edge.Node is { } node)
            {
                node.CheckNotFreed();
                states[i] = new GradState { RetainsGrad = true };
                (node.Watchers ??= []).Add((edge.Output, states[i]!));
                watchers.Add((node, (edge.Output, states[i]!)));
            }
            else
            {
                throw new ArgumentException($"Grad: input {i}, shape {inputs[i].Shape}, does not "
                    + "require a gradient; set RequiresGrad before computing with it");
            }
        }
        try
        {
            HashSet<AccumulateNode> wanted = [.. leaves.OfType<AccumulateNode>()];
            var route = new BackwardRoute([.. wanted, .. watchers.Select(w => w.Node)]);
            var pass = new BackwardPass(retainGraph, wanted, route);
            var slots = new Tensor?[inputs.Length];
            pass.Walk(roots, gradients, createGraph);
            for (var i = 0; i < inputs.Length; i++)
            {
                slots[i] = states[i] is { } state
                    ? state.Grad
                    : pass._found.GetValueOrDefault(leaves[i]!);
            }
            return slots;
        }
        finally
        {
            foreach (var (node, watch) in watchers)
            {
                node.Watchers!.Remove(watch);
            }
        }
    }

    private void Walk(Tensor[] roots, Tensor?[] gradients, bool createGraph)
    {
        using (createGraph ? GradMode.EnableGrad() : GradMode.NoGrad())
        {
            for (var i = 0; i < roots.Length; i++)
            {
                Seed(roots[i], gradients[i]);
            }
            while (_ready.TryDequeue(out var node, out _))
            {
                _pending.Remove(node, out var grads);
                Step(node, grads!);
            }
        }
    }

    private void Seed(Tensor root, Tensor? gradient)
    {
        var edge = Tape.EdgeOf(root);
        if (!edge.IsConnected)
        {
            throw new InvalidOperationException($"backward: this tensor, shape {root.Shape}, does "
                + "not depend on any tensor that requires a gradient; set RequiresGrad on a leaf, "
                + "and check for NoGrad or Detach in between");
        }
        edge.Node!.CheckNotFreed();
        if (gradient is null)
        {
            if (root.Count != 1)
            {
                throw new InvalidOperationException($"backward: the tensor has shape {root.Shape}; "
                    + "only one element needs no gradient. Reduce it (Sum, Mean), or pass a "
                    + "gradient of its shape");
            }
            gradient = new FullOp(root.Shape, 1, root.DType).Apply();
        }
        else if (gradient.Shape != root.Shape)
        {
            throw new ArgumentException($"backward: the gradient has shape {gradient.Shape}, but "
                + $"the tensor {root.Shape}; they must be equal");
        }
        _memory.Give(gradient);
        Arrive(edge, gradient);
    }

    private void Arrive(Edge edge, Tensor gradient)
    {
        var node = edge.Node!;
        // A rule may give on what the tape saved.
        gradient.Storage.TakeBack();
        if (_route?.LeadsTo(node) == false)
        {
            return;
        }
        if (!_pending.TryGetValue(node, out var grads))
        {
            grads = new Tensor?[Math.Max(1, node.OutputCount)];
            _pending.Add(node, grads);
            _ready.Enqueue(node, -node.Sequence);
        }
        var sum = gradient;
        if (grads[edge.Output] is { } before)
        {
            sum = AddOp.Instance.Apply(before, gradient);
            _memory.Enter(gradient);
            Leave(gradient);
            Leave(before);
        }
        _memory.Enter(sum);
        grads[edge.Output] = sum;
    }

    private void GiveAll(Tensor?[] gradients)
    {
        foreach (var gradient in gradients)
        {
            if (gradient is not null)
            {
                _memory.Give(gradient);
            }
        }
    }

    /// <summary>A gradient was used. Where it is part of a new tape it lives on, and anomaly mode
    /// may still name it.</summary>
    private void Leave(Tensor? gradient)
    {
        if (gradient is not null && !GradMode.IsEnabled && !AnomalyMode.IsEnabled)
        {
            _memory.Leave(gradient);
        }
    }

    private void Step(GradNode node, Tensor?[] grads)
    {
        if (node is AccumulateNode leaf)
        {
            Accumulate(leaf, grads[0]!);
            Leave(grads[0]);
            return;
        }
        // A hook may put another in its place.
        var arrived = node.Watchers is null ? grads : [.. grads];
        Watch(node, grads);
        if (_route?.GoesOnFrom(node) == false)
        {
            return;
        }
        node.CheckNotFreed();
        // Rules that others wrote may keep what they see.
        var isForeign = node.Op.GetType().Assembly != typeof(Op).Assembly;
        if (isForeign)
        {
            GiveAll(grads);
        }
        var results = AnomalyMode.IsEnabled
            ? AnomalyMode.Backward(node, grads)
            : node.Backward(grads);
        if (results.Length != node.Edges.Length)
        {
            throw new InvalidOperationException($"{node.Op.Name}.Backward returned "
                + $"{results.Length} gradients for {node.Edges.Length} inputs");
        }
        if (isForeign)
        {
            GiveAll(results);
        }
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is { } result && node.Edges[i].IsConnected)
            {
                Arrive(node.Edges[i], Fit(node, i, result));
            }
        }
        if (!_retain)
        {
            node.Free();
        }
        foreach (var gradient in arrived)
        {
            Leave(gradient);
        }
    }

    /// <summary>Undoes broadcasting, and checks what a rule returned.</summary>
    private static Tensor Fit(GradNode node, int input, Tensor gradient)
    {
        var spec = node.InputSpecs[input];
        if (gradient.Shape != spec.Shape)
        {
            if (!spec.Shape.ExpandsTo(gradient.Shape))
            {
                throw new InvalidOperationException($"{node.Op.Name}.Backward returned shape "
                    + $"{gradient.Shape} for input {input} of shape {spec.Shape}");
            }
            gradient = SumToOp.Of(gradient, spec.Shape);
        }
        gradient = CastOp.Of(gradient, spec.DType);
        if (Dispatcher.AfterBackward is { } after)
        {
            gradient = after(node.Op, gradient);
        }
        if (AnomalyMode.IsEnabled)
        {
            AnomalyMode.CheckBackward(node.Op, input, gradient);
        }
        return gradient;
    }

    private void Watch(GradNode node, Tensor?[] grads)
    {
        if (node.Watchers is not { } watchers)
        {
            return;
        }
        foreach (var (output, state) in watchers)
        {
            if (grads[output] is { } gradient)
            {
                gradient = RunHooks(state, gradient);
                grads[output] = gradient;
                if (state.RetainsGrad)
                {
                    state.Grad = Own(gradient);
                }
            }
        }
    }

    private void Accumulate(AccumulateNode node, Tensor gradient)
    {
        var leaf = node.Leaf;
        var state = GradState.For(leaf);
        if (_wanted is not null)
        {
            if (_wanted.Contains(node))
            {
                _found[node] = Own(RunHooks(state, gradient));
            }
            return;
        }
        gradient = RunHooks(state, gradient);
        // Passes on several threads may end in the same leaf.
        lock (state)
        {
            var before = state.Grad;
            var sum = before is null ? Own(gradient) : AddOp.Instance.Apply(before, gradient);
            // Part of a new tape, or waited for elsewhere, it is not the leaf's alone.
            state.ReplaceGrad(leaf, sum, isOwn: !GradMode.IsEnabled
                && (!ReferenceEquals(sum, gradient) || _memory.IsLast(gradient)));
        }
    }

    /// <summary>A gradient to hand out: dense, and no view of something that may be written.
    /// </summary>
    private Tensor Own(Tensor gradient) =>
        gradient.IsContiguous && _memory.Give(gradient)
            ? gradient
            : DenseOp.Instance.Apply(gradient);

    private Tensor RunHooks(GradState state, Tensor gradient)
    {
        if (state.Hooks is { } hooks)
        {
            foreach (var hook in hooks)
            {
                _memory.Give(gradient);
                gradient = hook(gradient) ?? gradient;
                _memory.Give(gradient);
            }
        }
        return gradient;
    }
}
