using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Pooling fusion: a convolution, the elementwise chain that alone reads it and the average pooling
/// that reads the chain become one op, and so do all their gradients: what lies between passes
/// through the cache once.
/// </summary>
/// <remarks>Runs after <see cref="ElementwiseFusion"/>, which leaves each chain as one
/// op.</remarks>
internal sealed class PoolingFusion : IGraphPass
{
    public string Name => "pooling fusion";

    public Graph Run(Graph graph) => new Fusion(graph).Run();

    private sealed class Fusion(Graph graph) : Rewriting(graph)
    {
        protected override void Visit(GraphNode node)
        {
            if (PoolingPattern.Match(node, Readers) is { } pattern)
            {
                Replace(pattern.Pool, Forward(pattern));
                Remove(pattern.Conv, pattern.Chain);
                if (pattern.BackChain is { } chain)
                {
                    Replace(chain, Backward(pattern, chain));
                    Remove([pattern.BackPool!, .. pattern.Gradients]);
                }
            }
        }
    }

    /// <summary>The kept values change their order in memory, and so become values of their own.
    /// </summary>
    private static GraphNode Forward(PoolingPattern p)
    {
        var (program, inputs, label) = ReductionFusion.Program(p.Chain);
        var pooled = p.Pool.InputArray[0];
        var sums = p.Conv.OutputArray[0];
        GraphValue[] others = [.. p.Chain.OutputArray.Where(v => v != pooled && p.IsKept(v))];
        var spec = new TensorSpec(new Shape(ConvPoolKernels.ValueCount(p.Shape)), DType.Float32);
        GraphValue[] kept =
            [.. new[] { sums, pooled }.Where(p.IsKept).Concat(others)];
        foreach (var value in kept)
        {
            p.Kept[value] = new GraphValue(spec, null, 0, null);
        }
        GraphValue[] first = [pooled, .. others];
        var chain = new FusedProgram(program.Inputs, program.Steps.ToArray(),
            [.. first.Select(v => program.Outputs[Array.IndexOf(p.Chain.OutputArray, v)])])
        { Ops = program.Ops };
        GraphValue[] outputs = [p.Pool.OutputArray[0], .. kept.Select(v => p.Kept[v])];
        var op = new FusedConvPool2d(p.Layer, chain, Array.IndexOf(inputs, sums),
            p.Conv.InputArray.Length > 2, p.IsKept(sums), p.IsKept(pooled),
            [.. outputs.Select(v => v.Spec)], $"{p.Conv.Op.Name} {label} {p.Pool.Op.Name}");
        return new GraphNode(
            op, [.. p.Conv.InputArray, .. inputs.Where(v => v != sums)], outputs);
    }

    private static GraphNode Backward(PoolingPattern p, GraphNode backChain)
    {
        var (program, inputs, label) = ReductionFusion.Program(backChain);
        var gradient = p.BackPool!.OutputArray[0];
        var gx = Gradient<Conv2dBackwardDataOp>();
        var gw = Gradient<Conv2dBackwardWeightsOp>();
        var gb = Gradient<Conv2dBackwardBiasOp>();
        GraphValue[] outputs = [.. new[] { gx, gw, gb }.OfType<GraphValue>()];
        var names = string.Join(' ', p.Gradients.Select(n => n.Op.Name));
        var op = new FusedConvPool2dBackward(p.Layer, program, Array.IndexOf(inputs, gradient),
            gx is not null, gw is not null, gb is not null, [.. outputs.Select(v => v.Spec)],
            $"{p.BackPool.Op.Name} {label} {names}");
        return new GraphNode(op,
            [
                p.Conv.InputArray[0], p.Conv.InputArray[1], p.BackPool.InputArray[0],
                .. inputs.Where(v => v != gradient).Select(v => p.Kept.GetValueOrDefault(v, v)),
            ],
            outputs);

        GraphValue? Gradient<TOp>() where TOp : Op =>
            p.Gradients.Find(n => n.Op is TOp)?.OutputArray[0];
    }
}
