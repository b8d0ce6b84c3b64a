using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Ops;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Normalization gradient fusion: the gradient of a batch normalization takes over the gradient of
/// the ReLU or ReLU6 behind it. Where nobody else reads that one, the mask is found again from
/// what the op reads anyway; at the end of a residual block the op adds up the gradients, masks
/// them by the ReLU's output and gives the sum to its other readers as well.
/// </summary>
internal sealed class NormGradientFusion : IGraphPass
{
    public string Name => "normalization gradient fusion";

    public Graph Run(Graph graph) => new Fusion(graph).Run();

    /// <summary>What a gradient is multiplied by, read off a graph.</summary>
    /// <param name="Gradient">The gradient of what was limited.</param>
    /// <param name="Inner">The nodes that mask it.</param>
    /// <param name="Norm">The batch normalization that was limited.</param>
    /// <param name="Upper">The upper limit.</param>
    private sealed record Mask(
        GraphValue Gradient, GraphNode[] Inner, GraphNode Norm, double Upper);

    private sealed class Fusion(Graph graph) : Rewriting(graph)
    {
        protected override void Visit(GraphNode node)
        {
            if (node.Op is BatchNormBackwardOp op
                && (Masked(node, op) ?? Joined(node, op)) is { } fused)
            {
                Replace(node, fused);
            }
        }

        /// <summary>The node without a mask, found again by itself; or null.</summary>
        private GraphNode? Masked(GraphNode node, BatchNormBackwardOp op)
        {
            var x = node.InputArray;
            if (Find(x[0]) is not { } mask || mask.Norm.InputArray is not { } source
                || x[1] != source[0] || x[2] != mask.Norm.OutputArray[1]
                || x[3] != mask.Norm.OutputArray[3]
                || (op.IsAffine ? source.Length < 3 || x[4] != source[1] : source.Length > 1))
            {
                return null;
            }
            Remove(mask.Inner);
            GraphValue[] inputs = [mask.Gradient, .. x[1..]];
            return new GraphNode(new FusedBatchNormBackward(op.IsAffine, mask.Upper),
                op.IsAffine ? [.. inputs, source[2]] : inputs, node.OutputArray);
        }

        /// <summary>where(0 &lt; relu(y), g, 0), or g itself where(upper ≤ y, 0, g).</summary>
        private Mask? Find(GraphValue masked)
        {
            if (Readers.Private(masked) is not { Op: WhereOp } where
                || AboveZero(where) is not { Producer: { Op: ReluOp } relu }
                || relu.InputArray[0] is not { Output: 0, Producer: { Op: BatchNormOp } } y)
            {
                return null;
            }
            var gradient = where.InputArray[1];
            return Readers.Private(gradient) is { Op: WhereOp } inner
                && inner.InputArray[0].Producer is { Op: LessOrEqualOp } compare
                && compare.InputArray[1] == y
                && Constants.Number(compare.InputArray[0]) is > 0 and { } upper
                && AlgebraicSimplification.Is(inner.InputArray[1], 0)
                && inner.InputArray[2].Spec == masked.Spec
                ? new(inner.InputArray[2], [where, inner], y.Producer, upper)
                : new(gradient, [where], y.Producer, double.PositiveInfinity);
        }

        /// <summary>The node with what its gradient is the sum of, and a mask of a value that is
        /// kept; or null.</summary>
        private GraphNode? Joined(GraphNode node, BatchNormBackwardOp op)
        {
            var g = node.InputArray[0];
            if (Readers.IsResult(g) || g.Producer is not { } last || Readers.Of(g)[0] != node)
            {
                return null;
            }
            var inner = new List<GraphNode>();
            GraphValue[] parts = [g];
            GraphValue[] masks = [];
            if (last.Op is WhereOp && AboveZero(last) is { } positive)
            {
                inner.Add(last);
                parts = [last.InputArray[1]];
                masks = [positive];
            }
            if ((inner.Count == 0 ? last : Readers.Private(parts[0])) is { Op: AddOp } sum
                && Array.TrueForAll(sum.InputArray, part => part.Spec == g.Spec)
                && sum.InputArray[0] != sum.InputArray[1])
            {
                inner.Add(sum);
                parts = sum.InputArray;
            }
            if (inner.Count == 0)
            {
                return null;
            }
            Remove(inner);
            return new GraphNode(
                new JoinedBatchNormBackward(op.IsAffine, parts.Length > 1, masks.Length > 0),
                [parts[0], .. node.InputArray[1..], .. parts[1..], .. masks],
                [.. node.OutputArray, g]);
        }

        /// <summary>The value that a gradient's mask asks to be above 0, or null.</summary>
        private static GraphValue? AboveZero(GraphNode where) =>
            AlgebraicSimplification.Is(where.InputArray[2], 0)
                && where.InputArray[0].Producer is { Op: LessOp } less
                && AlgebraicSimplification.Is(less.InputArray[0], 0)
                && less.InputArray[1].Spec == where.OutputArray[0].Spec
                && where.InputArray[1].Spec == where.OutputArray[0].Spec
                ? less.InputArray[1]
                : null;
    }
}
