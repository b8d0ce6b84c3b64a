using Nabla.Autograd.Arithmetic;
using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Update fusion: an optimizer's step of a matrix makes the gradient itself, where that is a
/// product which nobody else reads. Each tile of the product updates its part of the parameter, so
/// that the gradient is neither written nor read again, and needs no memory.
/// </summary>
/// <remarks>The bits are the same.</remarks>
internal sealed class UpdateFusion : IGraphPass
{
    /// <summary>Samples of a batch at most: longer sums are made in parts, which need a place.
    /// </summary>
    private const int MaxInner = GemmPlan.MaxBlockK;

    /// <summary>Bytes of a gradient that leaves the caches before the step reads it. What stays
    /// there costs no more than the tiles' own reading does, beside operands that they need.
    /// </summary>
    private const long MinBytes = 8 << 20;

    public string Name => "update fusion";

    public Graph Run(Graph graph) => new Fusion(graph).Run();

    private sealed class Fusion(Graph graph) : Rewriting(graph)
    {
        protected override void Visit(GraphNode node)
        {
            if (node.Op is ITakesProduct { TakesProduct: false } step
                && Product(node.InputArray[1]) is { } product)
            {
                Remove(product);
                var x = node.InputArray;
                Replace(node, new GraphNode(
                    step.WithProduct(), [x[0], .. product.InputArray, .. x[2..]],
                    node.OutputArray));
            }
        }

        private GraphNode? Product(GraphValue gradient) =>
            Readers.Private(gradient) is { Op: MatMulOp } product
                && gradient.Spec is { DType: DType.Float32 or DType.Float64, Shape.Rank: 2 }
                && gradient.Spec.Shape.Count * gradient.Spec.DType.Size >= MinBytes
                && product.InputArray[0].Spec.Shape[1] <= MaxInner
                ? product
                : null;
    }
}
