using Nabla.Autograd.Arithmetic;
using Nabla.Kernels.Cpu;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Reduction fusion: a reduction computes the elementwise chain that it reads, tile by tile in the
/// L1 cache. What else of the chain is used is stored in the same pass.
/// </summary>
internal sealed class ReductionFusion : IGraphPass
{
    public string Name => "reduction fusion";

    public Graph Run(Graph graph) => new Fusion(graph).Run();

    private sealed class Fusion(Graph graph) : Rewriting(graph)
    {
        private readonly HashSet<GraphValue> _assigned = [.. graph.Assigns.Select(a => a.Value)];

        protected override void Visit(GraphNode node)
        {
            if (Chain(node) is not { } chain)
            {
                return;
            }
            GraphValue[] stored = [.. chain.OutputArray.Where(v => Readers.IsResult(v)
                || Readers.Of(v).Exists(reader => reader != node))];
            // New state is computed after everything else, and so is not stored here.
            if (Array.Exists(stored, v => _assigned.Contains(v) || v.Spec.DType != DType.Float32)
                || chain.InputArray.Length + 1 + stored.Length > TileLoop.MaxOperands)
            {
                return;
            }
            Replace(chain, Fuse(chain, node, stored));
            Remove(node);
        }
    }

    /// <summary>The chain that a reduction reads directly, or null.</summary>
    private static GraphNode? Chain(GraphNode node) =>
        node.Op is IFusableFold && node.InputArray is [{ Producer: { } producer } value]
            && value.Spec.DType == DType.Float32 && value.Spec.Shape.Count > 0
            && node.OutputArray[0].Spec.DType == DType.Float32
            && (producer.Op is FusedElementwise || ElementwiseFusion.IsFusable(producer))
            ? producer
            : null;

    private static GraphNode Fuse(GraphNode chain, GraphNode fold, GraphValue[] stored)
    {
        var (program, inputs, label) = Program(chain);
        int Register(GraphValue value) =>
            program.Outputs[Array.IndexOf(chain.OutputArray, value)];
        var reduced = fold.InputArray[0];
        var joined = new FusedProgram(program.Inputs, program.Steps.ToArray(),
            [Register(reduced), .. stored.Select(Register)])
        { Ops = program.Ops };
        GraphValue[] results = [fold.OutputArray[0], .. stored];
        var op = new FusedReduction(fold.Op, joined, reduced.Spec.Shape,
            [.. results.Select(v => v.Spec)], $"{label} {fold.Op.Name}");
        return new GraphNode(op, inputs, results);
    }

    /// <summary>An elementwise node, fused or not, as a chain over its inputs.</summary>
    internal static (FusedProgram Program, GraphValue[] Inputs, string Label) Program(
        GraphNode chain)
    {
        if (chain.Op is FusedElementwise fused)
        {
            return (fused.Program, chain.InputArray, fused.Label);
        }
        var inputs = chain.InputArray.Distinct().ToArray();
        var step = ElementwiseFusion.Step(chain, value => Array.IndexOf(inputs, value));
        var program = new FusedProgram(inputs.Length, [step], [inputs.Length])
        {
            Ops = [(Nabla.Kernels.ILaneOp)chain.Op],
        };
        return (program, inputs, chain.Op.Name);
    }
}
