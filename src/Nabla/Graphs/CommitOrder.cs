using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Puts the ops that compute new state last, so that a bad loss can stop a step before anything
/// is changed, and finds those that may write straight into the state.
/// </summary>
internal static class CommitOrder
{
    public static (GraphNode[] Nodes, int Commit, Dictionary<GraphValue, Tensor> Direct) Arrange(
        Graph graph)
    {
        var late = LateNodes(graph);
        GraphNode[] nodes =
            [.. graph.Nodes.Where(n => !late.Contains(n)), .. graph.Nodes.Where(late.Contains)];
        return (nodes, nodes.Length - late.Count, Direct(graph, nodes, late));
    }

    /// <summary>Pointwise nodes that only serve state changes.</summary>
    private static HashSet<GraphNode> LateNodes(Graph graph)
    {
        var outputs = new HashSet<GraphValue>(graph.Outputs);
        var assigned = new HashSet<GraphValue>(graph.Assigns.Select(a => a.Value));
        var users = Passes.ElementwiseFusion.Users(graph);
        var late = new HashSet<GraphNode>();
        foreach (var node in graph.Nodes.Reverse())
        {
            if (node.Op.IsPointwise
                && node.OutputArray.Any(assigned.Contains)
                && node.OutputArray.All(v => !outputs.Contains(v)
                    && (!users.TryGetValue(v, out var readers) || readers.All(late.Contains))))
            {
                late.Add(node);
            }
        }
        return late;
    }

    private static Dictionary<GraphValue, Tensor> Direct(
        Graph graph, GraphNode[] nodes, HashSet<GraphNode> late)
    {
        var lastRead = new Dictionary<Storage, int>();
        var storages = new Dictionary<GraphValue, Storage>();
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var input in nodes[i].InputArray)
            {
                var storage = input.External?.Storage ?? storages.GetValueOrDefault(input);
                if (storage is not null)
                {
                    lastRead[storage] = i;
                    if (nodes[i].Op is Nabla.Autograd.ViewOp)
                    {
                        storages[nodes[i].OutputArray[0]] = storage;
                    }
                }
            }
        }
        // A tensor that a result is a view of must keep its old elements to the end.
        var pinned = new HashSet<Storage>();
        foreach (var result in graph.Results)
        {
            if ((result.External?.Storage ?? storages.GetValueOrDefault(result)) is { } storage)
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
                && lastRead.GetValueOrDefault(target.Storage, -1) <= index[producer]
                && SameElementOnly(producer, target) && !direct.ContainsKey(value))
            {
                direct[value] = target;
            }
        }
        return direct;
    }

    /// <summary>Whether the node reads the target only element by element, in place.</summary>
    private static bool SameElementOnly(GraphNode node, Tensor target) =>
        node.InputArray.All(v => v.Producer is null
            ? v.External is null || v.External.Storage != target.Storage
                || v.External.Layout == target.Layout
            : v.Producer.Op is not Nabla.Autograd.ViewOp);
}
