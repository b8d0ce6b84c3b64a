using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Inverted residual fusion: a channels-last depthwise 3 × 3 convolution, the 1 × 1 convolution
/// before it that widens and the one after it that narrows become one op, whose wide values stay in
/// the caches. Nothing else may read what lies between.
/// </summary>
internal sealed class InvertedResidualFusion : IGraphPass
{
    public string Name => "inverted residual fusion";

    public Graph Run(Graph graph) => new Fusion(graph).Run();

    private sealed class Fusion(Graph graph) : Rewriting(graph)
    {
        protected override void Visit(GraphNode node)
        {
            if (Pointwise(node) is not { } project
                || Readers.Private(node.InputArray[0]) is not { } middle
                || Depthwise(middle) is not { } depthwise)
            {
                return;
            }
            var first = Readers.Private(middle.InputArray[0]);
            var widen = first is not null && Pointwise(first) is { HasResidual: false } wide
                ? wide
                : null;
            GraphValue[] inputs = widen is null
                ? middle.InputArray
                : [.. first!.InputArray, middle.InputArray[1]];
            var op = new ChannelsLastInvertedResidual(widen, depthwise, project);
            Remove(widen is null ? [middle] : [middle, first!]);
            Replace(node, new GraphNode(
                op, [.. inputs, .. node.InputArray[1..]], node.OutputArray));
        }
    }

    private static ChannelsLastConv2d? Pointwise(GraphNode node) =>
        node.Op is ChannelsLastConv2d { FromChannelsFirst: false } conv
        && conv.Geometry is var g
        && g.Groups == 1 && g.Stride == new Size2d(1, 1) && g.Padding == new Size2d(0, 0)
        && conv.Weight[2] == 1 && conv.Weight[3] == 1
            ? conv
            : null;

    private static ChannelsLastConv2d? Depthwise(GraphNode node) =>
        node.Op is ChannelsLastConv2d { FromChannelsFirst: false, HasResidual: false } conv
        && conv.Weight[0] == conv.Geometry.Groups && conv.Weight[1] == 1
        && conv.Geometry.Groups > 1 && conv.Weight[2] == 3 && conv.Weight[3] == 3
        && conv.Geometry.Dilation == new Size2d(1, 1)
            ? conv
            : null;
}
