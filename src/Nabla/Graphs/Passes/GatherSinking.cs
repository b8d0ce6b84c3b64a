using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels.Cpu;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Gather sinking: products of rows that come out of a table become products of the table's rows,
/// where the table has fewer of them: a layer over characters then multiplies once a character of
/// the vocabulary, not once a character of the text. With P the matrix that picks rows, so that
/// an embedding is P·E and its gradient Pᵀ·G:
/// (P·E)·Wᵀ + b = P·(E·Wᵀ + b), Gᵀ·(P·E) = (Pᵀ·G)ᵀ·E, and Pᵀ·(G·W) = (Pᵀ·G)·W.
/// </summary>
/// <remarks>Sums are taken in another order, so results differ by rounding;
/// <see cref="Numerics.Strict"/> keeps to the graph's.</remarks>
internal sealed class GatherSinking : IGraphPass
{
    /// <summary>How many times the table's rows there must be.</summary>
    private const int WorthSinking = 2;

    /// <summary>The table's width from which a product takes longer than adding up its rows.
    /// </summary>
    private const int WorthAdding = 32;

    public string Name => "gather sinking";

    public Graph Run(Graph graph)
    {
        if (Numerics.Strict)
        {
            return graph;
        }
        var rewriting = new Rewriting(graph);
        foreach (var node in graph.Nodes)
        {
            rewriting.Visit(node);
        }
        return graph.With([.. rewriting.Nodes]);
    }

    private sealed class Rewriting(Graph graph)
    {
        private static readonly Shape s_across = new(1, 0);

        private readonly Dictionary<GraphValue, List<GraphNode>> _users =
            ElementwiseFusion.Users(graph);
        private readonly HashSet<GraphValue> _results = [.. graph.Results];
        private readonly Dictionary<(GraphValue Rows, GraphValue Index), GraphValue> _sums = [];

        public List<GraphNode> Nodes { get; } = [];

        public void Visit(GraphNode node)
        {
            var x = node.InputArray;
            switch (node.Op)
            {
                case LinearOp or MatMulOp when IsMatrix(x[1]) && LookUp(x[0]) is { } lookUp:
                    LookUpIn(node, lookUp);
                    break;
                case MatMulOp when Transposed(x[0]) is { } rows && LookUp(x[1]) is { } lookUp
                    && IsWorthAdding(x[1]):
                    var (table, index) = (lookUp.InputArray[0], lookUp.InputArray[1]);
                    var sums = Sums(rows, index, table.Spec.Shape[0]);
                    var across = Add(new PermuteOp(s_across), [sums],
                        new Shape(sums.Spec.Shape[1], sums.Spec.Shape[0]));
                    Nodes.Add(new GraphNode(MatMulOp.Instance, [across, table], node.OutputArray));
                    break;
                case IndexAddOp { Dim: 0 } when IsMatrix(x[0])
                    && AlgebraicSimplification.Is(x[0], 0)
                    && Product(x[2]) is { } product && IsWorthAdding(x[2])
                    && IsWorth(x[2], x[0].Spec.Shape[0]):
                    Nodes.Add(new GraphNode(MatMulOp.Instance,
                        [
                            Sums(product.InputArray[0], x[1], x[0].Spec.Shape[0]),
                            product.InputArray[1],
                        ], node.OutputArray));
                    break;
                default:
                    Nodes.Add(node);
                    break;
            }
        }

        private static bool IsMatrix(GraphValue value) => value.Spec.Shape.Rank == 2;

        /// <summary>The matrix that a value is the transpose of, or null.</summary>
        private static GraphValue? Transposed(GraphValue value) =>
            value.Producer is { Op: PermuteOp permute, InputArray: [var source] }
                && permute.Order == s_across
                ? source
                : null;

        private static bool IsWorth(GraphValue rows, long table) =>
            rows.Spec.Shape[0] >= WorthSinking * table;

        private static bool IsWorthAdding(GraphValue rows) => rows.Spec.Shape[1] >= WorthAdding;

        /// <summary>The look-up that a matrix of rows comes from, if the table has few of them.
        /// </summary>
        private static GraphNode? LookUp(GraphValue rows)
        {
            var value = rows;
            while (value.Producer is { Op: ReshapeOp } view)
            {
                value = view.InputArray[0];
            }
            return value.Producer is { Op: EmbeddingOp } lookUp
                && IsMatrix(rows) && rows.Spec.Shape[1] == lookUp.InputArray[0].Spec.Shape[1]
                && IsWorth(rows, lookUp.InputArray[0].Spec.Shape[0])
                ? lookUp
                : null;
        }

        /// <summary>The product that rows come from, if nobody else reads it.</summary>
        private GraphNode? Product(GraphValue rows)
        {
            var value = rows;
            while (IsOnlyFor(value) && value.Producer is { Op: ReshapeOp } view)
            {
                value = view.InputArray[0];
            }
            return IsOnlyFor(value) && value.Producer is { Op: MatMulOp } product
                && rows.Spec.Shape == value.Spec.Shape
                && Array.TrueForAll(product.InputArray, IsMatrix)
                ? product
                : null;
        }

        private bool IsOnlyFor(GraphValue value) => value.Producer is not null
            && !_results.Contains(value) && _users[value].Count == 1;

        /// <summary>The product of the table, and its rows looked up.</summary>
        private void LookUpIn(GraphNode node, GraphNode lookUp)
        {
            var (table, index) = (lookUp.InputArray[0], lookUp.InputArray[1]);
            var product = Add(node.Op, [table, .. node.InputArray[1..]],
                new Shape(table.Spec.Shape[0], node.OutputArray[0].Spec.Shape[1]));
            Nodes.Add(new GraphNode(new EmbeddingOp(-1), [product, Flat(index)], node.OutputArray));
        }

        /// <summary>The sum of the rows that belong to each row of a table. The gradients of the
        /// table and of the layer over it share it.</summary>
        private GraphValue Sums(GraphValue rows, GraphValue index, long table)
        {
            while (index.Producer is { Op: ReshapeOp } view)
            {
                index = view.InputArray[0];
            }
            if (_sums.TryGetValue((rows, index), out var known)
                && known.Spec.Shape[0] == table)
            {
                return known;
            }
            var shape = new Shape(table, rows.Spec.Shape[1]);
            var zeros = Add(new FullOp(shape, 0, rows.Spec.DType), [], shape, rows.Spec.DType);
            return _sums[(rows, index)] =
                Add(new IndexAddOp(0), [zeros, Flat(index), rows], shape);
        }

        private GraphValue Flat(GraphValue index)
        {
            var shape = new Shape(index.Spec.Shape.Count);
            return index.Spec.Shape == shape ? index : Add(new ReshapeOp(shape), [index], shape);
        }

        private GraphValue Add(Op op, GraphValue[] x, Shape shape, DType? type = null)
        {
            var node = new GraphNode(op, x, [new TensorSpec(shape, type ?? x[0].Spec.DType)]);
            Nodes.Add(node);
            return node.OutputArray[0];
        }
    }
}
