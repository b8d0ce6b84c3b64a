using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Epilogue fusion: a convolution adds the tensor and applies the clamp (ReLU, ReLU6, limits) that
/// follow it before it stores; a linear layer its ReLU. Nothing else may read what lies between.
/// </summary>
internal sealed class EpilogueFusion : IGraphPass
{
    public string Name => "epilogue fusion";

    public Graph Run(Graph graph)
    {
        var rewriting = new Rewriting(graph);
        foreach (var node in graph.Nodes)
        {
            rewriting.Visit(node);
        }
        return graph.With(rewriting.Nodes);
    }

    private sealed class Rewriting(Graph graph)
    {
        private readonly Dictionary<GraphValue, List<GraphNode>> _users =
            ElementwiseFusion.Users(graph);
        private readonly HashSet<GraphValue> _results = [.. graph.Results];

        private readonly List<GraphNode> _nodes = [];
        private readonly Dictionary<GraphNode, int> _places = [];
        private readonly HashSet<GraphNode> _gone = [];

        public GraphNode[] Nodes => [.. _nodes.Where(node => !_gone.Contains(node))];

        public void Visit(GraphNode node)
        {
            _places[node] = _nodes.Count;
            _nodes.Add(node);
            if (node.Op is AddOp)
            {
                Add(node);
            }
            else if (ClampPattern.Match(node) is { } clamp
                && clamp.Source.Producer is { } layer
                && !_results.Contains(clamp.Source)
                && clamp.Inner.All(n => _users[n.OutputArray[0]].Count == 1
                    && !_results.Contains(n.OutputArray[0]))
                && _users[clamp.Source].All(n => n == node || clamp.Inner.Contains(n)))
            {
                Clamp(layer, clamp, node);
            }
        }

        private void Clamp(GraphNode layer, ClampPattern clamp, GraphNode node)
        {
            Autograd.Op? op = layer.Op switch
            {
                _ when IFusedConvolution.Of(layer) is { } conv => conv.Within(clamp.Limits),
                LinearOp when clamp.Limits == Limits.Relu && IsFloat32(layer) =>
                    new FusedLinear(),
                _ => null,
            };
            if (op is not null)
            {
                _gone.UnionWith(clamp.Inner);
                Replace(layer, new GraphNode(op, layer.InputArray, node.OutputArray));
            }
        }

        /// <summary>The later of two convolutions takes the sum: the other's output is there by
        /// then.</summary>
        private void Add(GraphNode node)
        {
            var (a, b) = (node.InputArray[0], node.InputArray[1]);
            if (a.Spec != b.Spec || a == b)
            {
                return;
            }
            if (Addable(b) is { } right
                && (Addable(a) is not { } left || _places[right] > _places[left]))
            {
                Take(right, a);
            }
            else if (Addable(a) is { } first)
            {
                Take(first, b);
            }

            void Take(GraphNode layer, GraphValue residual) => Replace(layer, new GraphNode(
                IFusedConvolution.Of(layer)!.WithResidual(),
                [.. layer.InputArray, residual], node.OutputArray));
        }

        private GraphNode? Addable(GraphValue value) =>
            value.Producer is { } layer && _users[value].Count == 1 && !_results.Contains(value)
                && IFusedConvolution.Of(layer) is { HasResidual: false } conv
                && conv.Limits == Limits.None
                ? layer
                : null;

        /// <summary>The fused node takes the last one's place, where all its inputs exist.
        /// </summary>
        private void Replace(GraphNode layer, GraphNode fused)
        {
            _gone.Add(layer);
            _nodes[^1] = fused;
            _places[fused] = _nodes.Count - 1;
        }
    }

    private static bool IsFloat32(GraphNode node) =>
        node.OutputArray[0].Spec.DType == DType.Float32;
}
