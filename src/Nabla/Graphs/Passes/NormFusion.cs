using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Normalization fusion: a batch normalization in training adds the residual and applies the ReLU
/// or ReLU6 that follow it in the pass in which it writes. Nothing else may read what lies between,
/// so masks have to read the ReLU's output by then (<see cref="NormGradientFusion"/>).
/// </summary>
internal sealed class NormFusion : IGraphPass
{
    public string Name => "normalization fusion";

    public Graph Run(Graph graph) => new Fusion(graph).Run();

    private sealed class Fusion(Graph graph) : Rewriting(graph)
    {
        protected override void Visit(GraphNode node)
        {
            if (node.Op is AddOp)
            {
                // A ReLU that follows takes both.
                if (!Readers.AreAll(node.OutputArray[0],
                    n => ClampPattern.Match(n) is { } relu && relu.Limits == Limits.Relu
                        && IsExact(relu)))
                {
                    Add(node, node, null);
                }
            }
            else if (ClampPattern.Match(node) is { Limits: { Min: 0, Max: > 0 } limits } clamp
                && IsExact(clamp) && clamp.IsAlone(node, Readers))
            {
                if (clamp.Source.Producer is { Op: BatchNormOp } norm)
                {
                    Fuse(norm, node, null, limits.Max);
                    Remove(clamp.Inner);
                }
                else if (limits.Max == float.PositiveInfinity
                    && clamp.Source.Producer is { Op: AddOp } sum && Add(sum, node, limits.Max))
                {
                    Remove(sum);
                }
            }
        }

        /// <summary>The later of two normalizations takes the sum: the other's output is there by
        /// then.</summary>
        private bool Add(GraphNode sum, GraphNode last, double? upper)
        {
            var (a, b) = (sum.InputArray[0], sum.InputArray[1]);
            if (a.Spec != b.Spec || a == b)
            {
                return false;
            }
            if (Norm(a) is { } first && IsThere(b, first))
            {
                Fuse(first, last, b, upper);
                return true;
            }
            if (Norm(b) is { } second && IsThere(a, second))
            {
                Fuse(second, last, a, upper);
                return true;
            }
            return false;

            GraphNode? Norm(GraphValue value) =>
                value.Producer is { Op: BatchNormOp } norm && Readers.AreAll(value, n => n == sum)
                    ? norm
                    : null;

            static bool IsThere(GraphValue value, GraphNode node) =>
                value.Producer is not { } producer || producer.Index < node.Index;
        }

        /// <summary>The fused op takes the normalization's place: others read its statistics.
        /// </summary>
        private void Fuse(
            GraphNode norm, GraphNode last, GraphValue? residual, double? upper)
        {
            var op = new FusedBatchNorm(
                ((BatchNormOp)norm.Op).Epsilon, residual is not null, upper);
            GraphValue[] inputs = residual is null
                ? norm.InputArray
                : [.. norm.InputArray, residual];
            Replace(norm, new GraphNode(
                op, inputs, [last.OutputArray[0], .. norm.OutputArray[1..]]));
            Remove(last);
        }

        /// <summary>Whether limits, kept in float32, are those that a node applies.</summary>
        private static bool IsExact(ClampPattern clamp) =>
            clamp.IsExact || clamp.Source.Spec.DType == DType.Float32;
    }
}
