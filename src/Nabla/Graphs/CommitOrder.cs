using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Puts the ops that compute new state behind the first output, so that a bad loss can stop a step
/// before anything is changed, and finds those that may write straight into the state.
/// </summary>
internal static class CommitOrder
{
    public static (GraphNode[] Nodes, int Commit, Dictionary<GraphValue, Tensor> Direct) Arrange(
        Graph graph)
    {
        var late = LateNodes(graph);
        var nodes = Merge(graph, late);
        var commit = Array.FindIndex(nodes, late.Contains);
        return (nodes, commit < 0 ? nodes.Length : commit, Direct(graph, nodes, late));
    }

    /// <summary>
    /// Runs each node that changes state as soon as it may: once the first output is there to be
    /// checked, and nobody will read the old state. What it reads is still in the caches then.
    /// </summary>
    private static GraphNode[] Merge(Graph graph, HashSet<GraphNode> late)
    {
        GraphNode[] early = [.. graph.Nodes.Where(n => !late.Contains(n))];
        var places = new Dictionary<GraphNode, int>();
        var reads = new StateReads();
        for (var i = 0; i < early.Length; i++)
        {
            places[early[i]] = i;
            reads.Add(early[i], i);
        }
        var first = graph.Outputs is [{ Producer: { } producer }, ..] ? places[producer] : -1;
        var targets = graph.Assigns.ToLookup(a => a.Value, a => a.Target.Storage);
        var behind = Array.ConvertAll(new int[early.Length + 1], _ => new List<GraphNode>());
        foreach (var node in graph.Nodes.Where(late.Contains))
        {
            var sources = node.InputArray.Where(v => v.Producer is not null)
                .Select(v => places[v.Producer!]);
            var readers = node.OutputArray.SelectMany(v => targets[v]).Select(reads.Last);
            var place = sources.Concat(readers).Append(first).Max();
            places[node] = place;
            reads.Add(node, place);
            behind[place + 1].Add(node);
        }
        return [.. behind[0], .. early.SelectMany((n, i) => behind[i + 1].Prepend(n))];
    }

    /// <summary>Pointwise nodes and optimizers' steps that only serve state changes.</summary>
    private static HashSet<GraphNode> LateNodes(Graph graph)
    {
        var outputs = new HashSet<GraphValue>(graph.Outputs);
        var assigned = new HashSet<GraphValue>(graph.Assigns.Select(a => a.Value));
        var readers = new Readers(graph);
        var late = new HashSet<GraphNode>();
        foreach (var node in graph.Nodes.Reverse())
        {
            if ((node.Op.IsPointwise || node.Op is ITakesProduct)
                && node.OutputArray.Any(assigned.Contains)
                && node.OutputArray.All(v =>
                    !outputs.Contains(v) && readers.Of(v).TrueForAll(late.Contains)))
            {
                late.Add(node);
            }
        }
        return late;
    }

    private static Dictionary<GraphValue, Tensor> Direct(
        Graph graph, GraphNode[] nodes, HashSet<GraphNode> late)
    {
        var reads = new StateReads();
        for (var i = 0; i < nodes.Length; i++)
        {
            reads.Add(nodes[i], i);
        }
        // A tensor that a result is a view of must keep its old elements to the end.
        var pinned = new HashSet<Storage>();
        foreach (var result in graph.Results)
        {
            if (reads.Of(result) is { } storage)
            {
                pinned.Add(storage);
            }
        }
        var index = new Dictionary<GraphNode, int>();
        for (var i = 0; i < nodes.Length; i++)
        {
            index[nodes[i]] = i;
        }
        var direct = new Dictionary<GraphValue, Tensor>();
        foreach (var assign in graph.Assigns)
        {
            var (target, value) = (assign.Target, assign.Value);
            if (value.Producer is { } producer && late.Contains(producer)
                && target.IsContiguous && value.Spec.Shape == target.Shape
                && value.Spec.DType == target.DType && !pinned.Contains(target.Storage)
                && reads.Last(target.Storage) <= index[producer]
                && reads.IsInPlace(producer, value.Output, target) && !direct.ContainsKey(value))
            {
                direct[value] = target;
            }
        }
        return direct;
    }

    /// <summary>Where state is read for the last time, also through views.</summary>
    private sealed class StateReads
    {
        private readonly Dictionary<Storage, int> _last = [];
        private readonly Dictionary<GraphValue, Storage> _views = [];

        /// <summary>The state that a value is or looks into, or null.</summary>
        public Storage? Of(GraphValue value) =>
            value.External?.Storage ?? _views.GetValueOrDefault(value);

        /// <summary>The last place of a read, or −1.</summary>
        public int Last(Storage storage) => _last.GetValueOrDefault(storage, -1);

        /// <summary>Whether a node that computes the target reads it only element by element, each
        /// before its place is written.</summary>
        public bool IsInPlace(GraphNode node, int output, Tensor target)
        {
            for (var i = 0; i < node.InputArray.Length; i++)
            {
                var input = node.InputArray[i];
                if (Of(input) == target.Storage && !(node.Op.MayOverwrite(output, i)
                    && input.External?.Layout == target.Layout))
                {
                    return false;
                }
            }
            return true;
        }

        public void Add(GraphNode node, int place)
        {
            foreach (var input in node.InputArray)
            {
                if (Of(input) is { } storage)
                {
                    _last[storage] = Math.Max(place, Last(storage));
                    if (node.Op is Nabla.Autograd.ViewOp)
                    {
                        _views[node.OutputArray[0]] = storage;
                    }
                }
            }
        }
    }
}
