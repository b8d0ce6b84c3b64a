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

    public Graph Run(Graph graph)
    {
        var rewriting = new Rewriting(graph);
        foreach (var node in graph.Nodes)
        {
            rewriting.Visit(node);
        }
        return graph.With(rewriting.Nodes);
    }

    private sealed class Rewriting(Graph graph)
    {
        private readonly Dictionary<GraphValue, List<GraphNode>> _users =
            ElementwiseFusion.Users(graph);
        private readonly HashSet<GraphValue> _results = [.. graph.Results];
        private readonly HashSet<GraphNode> _gone = [];
        private readonly List<GraphNode> _nodes = [];

        public GraphNode[] Nodes => [.. _nodes.Where(node => !_gone.Contains(node))];

        public void Visit(GraphNode node)
        {
            var x = node.InputArray;
            var isFused = node.Op switch
            {
                ReluOp => Take(node, x[0], null),
                AddOp when x[0].Spec == x[1].Spec && x[0] != x[1] =>
                    Take(node, x[1], x[0]) || Take(node, x[0], x[1]),
                WhereOp when Positive(x[0]) is { } sign && sign.Spec == x[1].Spec
                    && AlgebraicSimplification.Is(x[2], 0) => Take(node, x[1], sign),
                _ => false,
            };
            if (!isFused)
            {
                _nodes.Add(node);
            }
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
            while (IsOnlyFor(value) && value.Producer is { Op: ReshapeOp } view)
            {
                between.Add(view);
                value = view.InputArray[0];
            }
            if (!IsOnlyFor(value) || value.Producer is not { } product
                || value.Spec is not { DType: DType.Float32, Shape.Rank: 2 }
                || Fused(product.Op, node.Op) is not { } op
                || (other is not null && other.Spec != value.Spec && !Views.IsDense(other)))
            {
                return false;
            }
            _gone.Add(product);
            _gone.UnionWith(between);
            GraphValue[] operands = product.InputArray;
            if (other is not null)
            {
                operands = [.. operands, Reshaped(other, value.Spec.Shape)];
            }
            if (node.OutputArray[0].Spec == value.Spec)
            {
                _nodes.Add(new GraphNode(op, operands, node.OutputArray));
                return true;
            }
            var fused = new GraphNode(op, operands, [value.Spec]);
            _nodes.Add(fused);
            _nodes.Add(new GraphNode(new ReshapeOp(node.OutputArray[0].Spec.Shape),
                fused.OutputArray, node.OutputArray));
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

        private bool IsOnlyFor(GraphValue value) =>
            value.Producer is not null && !_results.Contains(value) && _users[value].Count == 1;

        private GraphValue Reshaped(GraphValue value, Shape shape)
        {
            if (value.Spec.Shape == shape)
            {
                return value;
            }
            var view = new GraphNode(
                new ReshapeOp(shape), [value], [new TensorSpec(shape, value.Spec.DType)]);
            _nodes.Add(view);
            return view.OutputArray[0];
        }
    }
}
