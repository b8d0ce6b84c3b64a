using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Binds a graph's values to memory. Views share their root's buffer; what lives at different times
/// shares memory (<see cref="MemoryPlan"/>); an op that can writes over an input that nobody reads
/// again; a state change is computed straight into the state where nothing reads the old one later.
/// </summary>
internal sealed class Planner
{
    private readonly GraphNode[] _nodes;
    private readonly Graph _graph;
    private readonly Dictionary<GraphValue, Tensor> _bound = [];
    private readonly Dictionary<GraphValue, GraphValue> _roots = [];
    private readonly Dictionary<GraphValue, int> _lastUse = [];
    private readonly Dictionary<GraphValue, Tensor> _direct;
    private readonly HashSet<GraphValue> _outputs = [];
    private readonly MemoryPlan _memory = new();
    private readonly List<ExecutionPlan.Step> _steps = [];
    private readonly int _commitNode;
    private HashSet<GraphValue> _spaced = [];

    private Planner(Graph graph)
    {
        _graph = graph;
        (_nodes, _commitNode, _direct) = CommitOrder.Arrange(graph);
    }

    /// <summary>A plan with memory of its own.</summary>
    public static ExecutionPlan Build(Graph graph) => Build(graph, new Arena());

    /// <summary>A plan in an arena, which it shares with plans that never run at the same time.
    /// Results lie in memory of their own.</summary>
    public static ExecutionPlan Build(Graph graph, Arena arena)
    {
        var plan = new Planner(graph).Build();
        plan.Memory.LieIn(arena);
        return plan;
    }

    private ExecutionPlan Build()
    {
        FindLifetimes();
        _spaced = RowSpacing.Of(
            _nodes, _graph.Results.Select(Root).Concat(_direct.Keys).ToHashSet());
        var inputs = new Tensor[_graph.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            // Filled before the first op.
            inputs[i] = Rent(_graph.Inputs[i], -1);
            _bound[_graph.Inputs[i]] = inputs[i];
        }
        var commitStep = -1;
        for (var i = 0; i < _nodes.Length; i++)
        {
            if (i == _commitNode)
            {
                commitStep = _steps.Count;
            }
            Place(_nodes[i], i);
        }
        var outputs = _graph.Outputs.Select(Bound).ToArray();
        var copies = _graph.Assigns
            .Where(a => !_direct.ContainsKey(a.Value) || _direct[a.Value] != a.Target)
            .Select(a => (a.Target, Bound(a.Value))).ToArray();
        _memory.Place();
        return new ExecutionPlan([.. _steps], commitStep < 0 ? _steps.Count : commitStep, inputs,
            outputs, copies, [.. _graph.Assigns.Select(a => a.Target.Storage).Distinct()])
        {
            Memory = _memory,
        };
    }

    private void FindLifetimes()
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            var node = _nodes[i];
            if (node.Op is ViewOp)
            {
                _roots[node.OutputArray[0]] = Root(node.InputArray[0]);
            }
            foreach (var input in node.InputArray)
            {
                _lastUse[Root(input)] = i;
            }
        }
        foreach (var result in _graph.Results)
        {
            _lastUse[Root(result)] = int.MaxValue;
        }
        _outputs.UnionWith(_graph.Outputs.Select(Root));
    }

    private void Place(GraphNode node, int at)
    {
        if (node.Op is ViewOp view)
        {
            var source = Bound(node.InputArray[0]);
            _bound[node.OutputArray[0]] = source.Alias(view.View(source));
            return;
        }
        var x = new Tensor[node.InputArray.Length];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = Bound(node.InputArray[i]);
            if (!x[i].IsContiguous && !node.Op.AcceptsStrides(i)
                && !_spaced.Contains(Root(node.InputArray[i])))
            {
                var copy = _memory.Rent(x[i].Shape, x[i].DType, at, at);
                _steps.Add(new ExecutionPlan.Step(DenseOp.Instance, [x[i]], [copy]));
                x[i] = copy;
            }
        }
        var y = new Tensor[node.OutputArray.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var value = node.OutputArray[i];
            y[i] = _direct.TryGetValue(value, out var state)
                ? state.Alias(Layout.Contiguous(value.Spec.Shape) with
                {
                    Offset = state.Layout.Offset,
                })
                : Overwritable(node, x, value, at, y.AsSpan(0, i))
                    ?? Rent(value, at);
            _bound[value] = y[i];
        }
        _steps.Add(new ExecutionPlan.Step(node.Op, x, y)
        {
            WritesState = Array.Exists(node.OutputArray, _direct.ContainsKey),
        });
    }

    private Tensor Rent(GraphValue value, int at) => _memory.Rent(value.Spec.Shape,
        value.Spec.DType, at, _lastUse.GetValueOrDefault(value, at), _outputs.Contains(value),
        _spaced.Contains(value) ? RowSpacing.Distance(value.Spec) : null);

    /// <summary>An input's buffer that an op may turn into its output.</summary>
    private Tensor? Overwritable(
        GraphNode node, Tensor[] x, GraphValue value, int at, ReadOnlySpan<Tensor> taken)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var root = Root(node.InputArray[i]);
            if (node.Op.MayOverwrite(taken.Length, i)
                && root.Producer is not null && _lastUse[root] == at && _memory.Owns(x[i])
                && x[i].IsContiguous && x[i].Shape == value.Spec.Shape
                && x[i].DType == value.Spec.DType && x[i].Count * x[i].DType.Size
                    == root.Spec.Shape.Count * root.Spec.DType.Size
                && !Contains(taken, x[i].Storage)
                && node.InputArray.Count(v => Root(v) == root) == 1)
            {
                _memory.Pass(
                    x[i], _lastUse.GetValueOrDefault(value, at), _outputs.Contains(value));
                return x[i].Alias();
            }
        }
        return null;
    }

    private static bool Contains(ReadOnlySpan<Tensor> tensors, Storage storage)
    {
        foreach (var tensor in tensors)
        {
            if (tensor.Storage == storage)
            {
                return true;
            }
        }
        return false;
    }

    private GraphValue Root(GraphValue value) => _roots.GetValueOrDefault(value, value);

    private Tensor Bound(GraphValue value)
    {
        if (!_bound.TryGetValue(value, out var tensor))
        {
            tensor = value.External ?? throw new InvalidOperationException(
                $"the graph reads {value} before it is computed");
            _bound[value] = tensor;
        }
        return tensor;
    }
}
