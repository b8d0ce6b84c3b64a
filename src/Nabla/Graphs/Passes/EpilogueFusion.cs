using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Epilogue fusion: a convolution adds the tensor and applies the clamp (ReLU, ReLU6, limits) that
/// follow it before it stores. Nothing else may read what lies between.
/// </summary>
internal sealed class EpilogueFusion : IGraphPass
{
    public string Name => "epilogue fusion";

    public Graph Run(Graph graph) => new Fusion(graph).Run();

    private sealed class Fusion(Graph graph) : Rewriting(graph)
    {
        protected override void Visit(GraphNode node)
        {
            if (node.Op is AddOp)
            {
                Add(node);
            }
            else if (ClampPattern.Match(node) is { } clamp && clamp.IsAlone(node, Readers)
                && clamp.Source.Producer is { } layer
                && IFusedConvolution.Of(layer) is { } conv)
            {
                Remove(clamp.Inner);
                Fuse(layer, node, conv.Within(clamp.Limits), layer.InputArray);
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
                && (Addable(a) is not { } left || right.Index > left.Index))
            {
                Take(right, a);
            }
            else if (Addable(a) is { } first)
            {
                Take(first, b);
            }

            void Take(GraphNode layer, GraphValue residual) => Fuse(layer, node,
                IFusedConvolution.Of(layer)!.WithResidual(), [.. layer.InputArray, residual]);
        }

        private GraphNode? Addable(GraphValue value) =>
            Readers.Private(value) is { } layer
                && IFusedConvolution.Of(layer) is { HasResidual: false } conv
                && conv.Limits == Limits.None
                ? layer
                : null;

        /// <summary>The fused node takes the last one's place, where all its inputs exist.
        /// </summary>
        private void Fuse(GraphNode layer, GraphNode last, Op op, GraphValue[] inputs)
        {
            Remove(layer);
            Replace(last, new GraphNode(op, inputs, last.OutputArray));
        }
    }
}
