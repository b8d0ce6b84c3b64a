using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>Constant folding: what depends on constants only is computed once, here.</summary>
internal sealed class ConstantFolding : IGraphPass
{
    /// <summary>Larger results are cheaper to compute at each replay than to keep.</summary>
    private const long MaxElements = 1 << 16;

    public string Name => "constant folding";

    public Graph Run(Graph graph)
    {
        var folded = new Dictionary<GraphValue, GraphValue>();
        var nodes = new List<GraphNode>();
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.InputArray.Length; i++)
            {
                node.InputArray[i] = Replace(node.InputArray[i]);
            }
            if (!IsFoldable(node))
            {
                nodes.Add(node);
                continue;
            }
            var results = Compute(node);
            for (var i = 0; i < results.Length; i++)
            {
                folded[node.OutputArray[i]] = new GraphValue(
                    node.OutputArray[i].Spec, null, 0, results[i])
                { IsConstant = true };
            }
        }
        return graph.With([.. nodes], Replace);

        GraphValue Replace(GraphValue value) => folded.GetValueOrDefault(value, value);
    }

    private static bool IsFoldable(GraphNode node) => node.Op.Effects == Effects.None
        && Array.TrueForAll(node.InputArray, v => v.IsConstant)
        && (node.Op is ViewOp || node.OutputArray.Sum(v => v.Spec.Shape.Count) <= MaxElements);

    private static Tensor[] Compute(GraphNode node)
    {
        var x = Array.ConvertAll(node.InputArray, v => v.External!);
        if (node.Op is ViewOp view)
        {
            return [x[0].Alias(view.View(x[0]))];
        }
        var y = Array.ConvertAll(
            node.OutputArray, v => Tensor.Empty(v.Spec.Shape, v.Spec.DType));
        Dispatcher.Compute(node.Op, x, y);
        return y;
    }
}
