using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Weight packing: a linear layer whose weights are constant, and which would bring them into the
/// kernels' order at each call, reads them packed once. Convolutions get theirs from
/// <see cref="LayoutAssignment"/>.
/// </summary>
internal sealed class WeightPacking : IGraphPass
{
    public string Name => "weight packing";

    public Graph Run(Graph graph)
    {
        graph.Discarding?.Count(graph);
        return graph.With([.. graph.Nodes.Select(node => Packed(node, graph.Discarding))]);
    }

    private static GraphNode Packed(GraphNode node, Discarding? discarding)
    {
        var x = node.InputArray;
        if (node.Op is not (LinearOp or FusedLinear) || !x[1].IsConstant
            || x[1].External is not { DType: DType.Float32 } w
            || x[0].Spec is not { DType: DType.Float32, Shape.Rank: 2 } rows
            || !w.Device.PaysPackedLinear(rows.Shape[0], w.Shape))
        {
            return node;
        }
        var fused = node.Op as FusedLinear;
        var hasResidual = fused is { HasResidual: true };
        var op = new PackedLinear(
            w.Shape, x.Length > (hasResidual ? 3 : 2), fused is { IsRelu: true }, hasResidual);
        var packed = Constants.Of(w.Device.PackLinear(w));
        discarding?.Leave(x[1]);
        return new GraphNode(op, [x[0], packed, .. x[2..]], node.OutputArray);
    }
}
