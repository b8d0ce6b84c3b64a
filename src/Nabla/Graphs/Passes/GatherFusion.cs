using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Gather fusion: a recurrent layer over rows of a table looks them up by itself, as it goes, and
/// they are written nowhere. Each step reads them where they lie, in a core's cache, and adds the
/// same numbers in the same order. What looked them up is left to <see cref="DeadCode"/>.
/// </summary>
internal sealed class GatherFusion : IGraphPass
{
    /// <summary>Bytes of a table that stays in an L2 of 1 MiB beside weights and states. From a
    /// longer way off, its rows come as fast when they are copied in order first.</summary>
    private const long MostBytes = 1 << 19;

    public string Name => "gather fusion";

    public Graph Run(Graph graph) => new Fusion(graph).Run();

    private sealed class Fusion(Graph graph) : Rewriting(graph)
    {
        protected override void Visit(GraphNode node)
        {
            if (node is not { Op: RecurrentOp layer, InputArray: [var input, .. var others] }
                || Views.Unshaped(input).Producer is not
                { Op: EmbeddingOp embedding, InputArray: [var table, var index] } lookup
                || table.Spec.Shape[1] != input.Spec.Shape[2]
                || table.Spec.Shape.Count * table.Spec.DType.Size > MostBytes
                || !IsLayersAlone(lookup.OutputArray[0]))
            {
                return;
            }
            var places = new Shape(input.Spec.Shape[0], input.Spec.Shape[1]);
            var nodes = new List<GraphNode>();
            if (index.Spec.Shape != places)
            {
                if (!Views.IsDense(index))
                {
                    return;
                }
                nodes.Add(new(new ReshapeOp(places), [Views.Unshaped(index)],
                    [new TensorSpec(places, index.Spec.DType)]));
                index = nodes[0].OutputArray[0];
            }
            nodes.Add(new(new FusedRecurrent(embedding, layer), [table, .. others, index],
                node.OutputArray));
            Replace(node, [.. nodes]);
        }

        /// <summary>Whether nobody reads a value but recurrent layers, as their input: else it
        /// has to be written anyway.</summary>
        private bool IsLayersAlone(GraphValue value) =>
            Readers.AreAll(value, reader => reader switch
            {
                { Op: ReshapeOp, OutputArray: [var same] } => IsLayersAlone(same),
                { Op: RecurrentOp, InputArray: [var input, ..] } => input == value,
                _ => false,
            });
    }
}
