using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Row sum fusion: an op that can adds up the rows that it computes, in place of a pass over them
/// afterwards. So a bias's gradient comes with the gradient that it is the sum of.
/// </summary>
internal sealed class RowSumFusion : IGraphPass
{
    public string Name => "row sum fusion";

    public Graph Run(Graph graph)
    {
        var found = new Dictionary<GraphNode, SortedDictionary<int, GraphNode>>();
        foreach (var node in graph.Nodes)
        {
            if (Summed(node) is not { Producer: { } producer } value)
            {
                continue;
            }
            if (!found.TryGetValue(producer, out var sums))
            {
                found[producer] = sums = [];
            }
            sums.TryAdd(value.Output, node);
        }
        var gone = found.Values.SelectMany(sums => sums.Values).ToHashSet();
        return graph.With([.. graph.Nodes.Where(n => !gone.Contains(n))
            .SelectMany(n => found.TryGetValue(n, out var sums) ? Fuse(n, sums) : [n])]);
    }

    /// <summary>The value whose rows a node adds up and whose producer could; or null.</summary>
    private static GraphValue? Summed(GraphNode node)
    {
        if (node.Op is not SumToOp)
        {
            return null;
        }
        var value = Views.Unshaped(node.InputArray[0]);
        var (from, to) = (node.InputArray[0].Spec.Shape, node.OutputArray[0].Spec.Shape);
        return value.Producer?.Op is ISumsRows op && op.RowRank(value.Output) > 0
            && KeepsRows(from.Dims, to.Dims) && Row(value).Count == to.Count && to.Count > 0
            ? value
            : null;
    }

    private static Shape Row(GraphValue value) =>
        new(value.Spec.Shape.Dims[^((ISumsRows)value.Producer!.Op).RowRank(value.Output)..]);

    /// <summary>Whether the last dimensions are kept and all before them are summed.</summary>
    private static bool KeepsRows(ReadOnlySpan<long> from, ReadOnlySpan<long> to)
    {
        var kept = to.Length;
        while (kept > 0 && to[to.Length - kept] == 1)
        {
            kept--;
        }
        return from[^kept..].SequenceEqual(to[^kept..]);
    }

    private static IEnumerable<GraphNode> Fuse(
        GraphNode node, SortedDictionary<int, GraphNode> sums)
    {
        var values = new List<GraphValue>(node.OutputArray);
        var views = new List<GraphNode>();
        var mask = 0u;
        foreach (var (output, sum) in sums)
        {
            mask |= 1u << output;
            var (row, value) = (Row(node.OutputArray[output]), sum.OutputArray[0]);
            if (value.Spec.Shape == row)
            {
                values.Add(value);
                continue;
            }
            // The reader wants other dimensions of length 1, or none: the rest is the same.
            var whole = new GraphValue(new(row, value.Spec.DType), null, 0, null);
            values.Add(whole);
            views.Add(new(new ReshapeOp(value.Spec.Shape), [whole], [value]));
        }
        var op = ((ISumsRows)node.Op).WithRowSums(mask);
        return [new GraphNode(op, node.InputArray, [.. values]), .. views];
    }
}
