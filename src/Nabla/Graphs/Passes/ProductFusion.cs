using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Product fusion: a linear layer or a product of matrices takes over the one op that reads it: a
/// ReLU, a ReLU's gradient, or the addition of a residual. Its numbers are then still in registers.
/// Between the two there may be reshapes.
/// </summary>
internal sealed class ProductFusion : IGraphPass
{
    public string Name => "product fusion";

    public Graph Run(Graph graph) => new Fusion(graph).Run();

    private sealed class Fusion(Graph graph) : Rewriting(graph)
    {
        protected override void Visit(GraphNode node)
        {
            var x = node.InputArray;
            _ = node.Op switch
            {
                ReluOp => Take(node, x[0], null),
                AddOp when x[0].Spec == x[1].Spec && x[0] != x[1] =>
                    Take(node, x[1], x[0]) || Take(node, x[0], x[1]),
                WhereOp when Positive(x[0]) is { } sign && sign.Spec == x[1].Spec
                    && AlgebraicSimplification.Is(x[2], 0) => Take(node, x[1], sign),
                _ => false,
            };
        }

        /// <summary>What a condition asks to be above 0; or null.</summary>
        private static GraphValue? Positive(GraphValue condition) =>
            condition.Producer is { Op: LessOp } less
                && AlgebraicSimplification.Is(less.InputArray[0], 0)
                ? less.InputArray[1]
                : null;

        /// <summary>Lets the product behind a value do a node's work.</summary>
        /// <param name="node">Reads the value and nobody else does.</param>
        /// <param name="value">The product, maybe reshaped.</param>
        /// <param name="other">The node's other operand.</param>
        private bool Take(GraphNode node, GraphValue value, GraphValue? other)
        {
            var between = new List<GraphNode>();
            while (Readers.Private(value) is { Op: ReshapeOp } view)
            {
                between.Add(view);
                value = view.InputArray[0];
            }
            if (Readers.Private(value) is not { } product
                || value.Spec is not { DType: DType.Float32, Shape.Rank: 2 }
                || Fused(product.Op, node.Op) is not { } op
                || (other is not null && other.Spec != value.Spec && !Views.IsDense(other)))
            {
                return false;
            }
            Remove([product, .. between]);
            var nodes = new List<GraphNode>();
            GraphValue[] operands = product.InputArray;
            if (other is not null)
            {
                if (other.Spec != value.Spec)
                {
                    nodes.Add(new(new ReshapeOp(value.Spec.Shape), [other], [value.Spec]));
                    other = nodes[0].OutputArray[0];
                }
                operands = [.. operands, other];
            }
            if (node.OutputArray[0].Spec == value.Spec)
            {
                nodes.Add(new(op, operands, node.OutputArray));
            }
            else
            {
                var fused = new GraphNode(op, operands, [value.Spec]);
                var shape = new ReshapeOp(node.OutputArray[0].Spec.Shape);
                nodes.AddRange([fused, new(shape, fused.OutputArray, node.OutputArray)]);
            }
            Replace(node, [.. nodes]);
            return true;
        }

        private static Op? Fused(Op product, Op node) => (product, node) switch
        {
            (LinearOp, ReluOp) => new FusedLinear(),
            (LinearOp, AddOp) => new FusedLinear(IsRelu: false, HasResidual: true),
            (MatMulOp, AddOp) => new FusedMatMul(HasResidual: true, HasMask: false),
            (MatMulOp, WhereOp) => new FusedMatMul(HasResidual: false, HasMask: true),
            _ => null,
        };
    }
}
