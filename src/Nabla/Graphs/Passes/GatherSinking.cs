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
/// What is broadcast over the rows, such as an embedding of positions, is picked, too, and sums of
/// such terms are sums of products.
/// </summary>
/// <remarks>Sums are taken in another order, so results differ by rounding;
/// <see cref="Numerics.Strict"/> keeps to the graph's.</remarks>
internal sealed class GatherSinking : IGraphPass
{
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

        private readonly RowSums _rowSums = new(graph);
        private readonly Dictionary<GraphValue, List<RowTerm>> _sums = [];

        public List<GraphNode> Nodes { get; } = [];

        public void Visit(GraphNode node)
        {
            var x = node.InputArray;
            switch (node.Op)
            {
                case LinearOp or MatMulOp when IsMatrix(x[1]) && Terms(x[0]) is { } terms:
                    Pick(node, terms);
                    break;
                case MatMulOp when Transposed(x[0]) is { } rows && RowSums.IsWorthAdding(x[1])
                    && Terms(x[1]) is { } terms && CanSum(rows, terms):
                    Output(node, terms.Select(term => Product(
                        Across(Sums(rows, term.Pick)), Table(term))));
                    break;
                case MatMulOp when Transposed(x[0]) is { } picked && RowSums.IsWorthAdding(picked)
                    && IsMatrix(x[1]) && Terms(picked) is { } terms && CanSum(x[1], terms):
                    Output(node, terms.Select(term => Product(
                        Across(Table(term)), Sums(x[1], term.Pick))));
                    break;
                case IndexAddOp or SumToOp when _rowSums.Parts(node) is { } parts:
                    Output(node, Parts(node, parts));
                    break;
                case SumToOp when Known(node) is { } sums:
                    Output(node, [Add(node.Op, [sums], node.OutputArray[0].Spec.Shape)]);
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

        /// <summary>What a matrix is the sum of, if the tables have few rows.</summary>
        private static List<RowTerm>? Terms(GraphValue rows) =>
            RowTerms.Of(rows) is { } terms
                && RowSums.IsWorth(rows.Spec.Shape[0], terms.Sum(term => term.Pick.Rows))
                ? terms
                : null;

        private static bool CanSum(GraphValue rows, List<RowTerm> terms) =>
            terms.TrueForAll(term => RowSums.CanSum(rows, term.Pick));

        /// <summary>The products of the tables, and their rows picked.</summary>
        private void Pick(GraphNode node, List<RowTerm> terms)
        {
            var shape = node.OutputArray[0].Spec.Shape;
            GraphValue? sum = null;
            foreach (var term in terms.OrderBy(term => term.Pick.Index is null))
            {
                // The first one brings the bias, if there is one.
                GraphValue[] operands =
                    [Table(term), .. node.InputArray[1..(sum is null ? ^0 : 2)]];
                var product = Add(node.Op, operands, new Shape(term.Pick.Rows, shape[1]));
                if (term.Pick.Index is { } index)
                {
                    var picked = Add(
                        new EmbeddingOp(-1), [product, Reshaped(index, index.Spec.Shape.Count)],
                        shape);
                    sum = sum is null ? picked : Sum(sum, picked);
                }
                else
                {
                    sum = Sum(Reshaped(sum!, InTurn(shape, term.Pick)), product);
                    sum = Reshaped(sum, shape);
                }
            }
            Output(node, [sum!]);
        }

        /// <summary>The sums of a matrix's products and of the rest of it.</summary>
        private IEnumerable<GraphValue> Parts(GraphNode node, RowSums.PartsOf parts)
        {
            var shape = node.OutputArray[0].Spec.Shape;
            foreach (var product in parts.Products)
            {
                var (rows, weight) = (product.InputArray[0], product.InputArray[1]);
                yield return Reshaped(Product(Sums(rows, parts.Pick), weight), shape);
            }
            if (parts.Rest.Count > 0)
            {
                var rest = parts.Rest.Select(part => Reshaped(part, parts.Source.Spec.Shape))
                    .Aggregate(Sum);
                yield return Add(node.Op, [.. node.InputArray[..^1], rest], shape);
            }
        }

        /// <summary>The sums of rows that a node needs all of, if they are known in part.</summary>
        private GraphValue? Known(GraphNode node)
        {
            var (rows, sum) = (node.InputArray[0], node.OutputArray[0].Spec.Shape);
            return IsMatrix(rows) && rows.Producer?.Op is not ISumsRows
                && RowPick.InTurn(sum, rows.Spec.Shape) is { Rows: 1 }
                && _sums.TryGetValue(rows, out var known)
                ? known.MinBy(term => term.Pick.Rows)!.Table
                : null;
        }

        /// <summary>The sum of the rows that belong to each row of a table. The gradients of the
        /// table and of the layer over it share it.</summary>
        private GraphValue Sums(GraphValue rows, RowPick pick)
        {
            if (!_sums.TryGetValue(rows, out var known))
            {
                _sums[rows] = known = [];
            }
            if (known.Find(term => term.Pick == pick) is { } found)
            {
                return found.Table;
            }
            var type = rows.Spec.DType;
            var shape = new Shape(pick.Rows, rows.Spec.Shape[1]);
            var sums = pick.Index is { } index
                ? Add(new IndexAddOp(0),
                    [
                        Add(new FullOp(shape, 0, type), [], shape, type),
                        Reshaped(index, index.Spec.Shape.Count),
                        rows,
                    ], shape)
                : Add(new SumToOp(shape), [Reshaped(rows, InTurn(rows.Spec.Shape, pick))], shape);
            known.Add(new RowTerm(sums, pick));
            return sums;
        }

        /// <summary>A matrix's shape where each turn of rows stands for itself.</summary>
        private static Shape InTurn(Shape rows, RowPick pick) =>
            new(rows[0] / pick.Rows, pick.Rows, rows[1]);

        private GraphValue Table(RowTerm term) => Reshaped(
            term.Table, new Shape(term.Pick.Rows, term.Table.Spec.Shape[^1]));

        private GraphValue Product(GraphValue a, GraphValue b) => Add(
            MatMulOp.Instance, [a, b], new Shape(a.Spec.Shape[0], b.Spec.Shape[1]));

        private GraphValue Sum(GraphValue a, GraphValue b) =>
            Add(AddOp.Instance, [a, b], a.Spec.Shape);

        private GraphValue Across(GraphValue matrix) => Add(new PermuteOp(s_across), [matrix],
            new Shape(matrix.Spec.Shape[1], matrix.Spec.Shape[0]));

        private GraphValue Reshaped(GraphValue value, long count) =>
            Reshaped(value, new Shape(count));

        private GraphValue Reshaped(GraphValue value, Shape shape) => value.Spec.Shape == shape
            ? value
            : Add(new ReshapeOp(shape), [value], shape);

        private GraphValue Add(Op op, GraphValue[] x, Shape shape, DType? type = null)
        {
            var node = new GraphNode(op, x, [new TensorSpec(shape, type ?? x[0].Spec.DType)]);
            Nodes.Add(node);
            return node.OutputArray[0];
        }

        /// <summary>A node's result is a sum from now on.</summary>
        private void Output(GraphNode node, IEnumerable<GraphValue> parts) =>
            Nodes.Add(new GraphNode(new ReshapeOp(node.OutputArray[0].Spec.Shape),
                [parts.Aggregate(Sum)], node.OutputArray));
    }
}
