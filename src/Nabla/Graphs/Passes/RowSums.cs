using Nabla.Autograd.Arithmetic;
using Nabla.Ops;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Sums of rows, and the products of matrices that nobody needs but for such sums: the gradient
/// that reaches an embedding.
/// </summary>
internal sealed class RowSums(Graph graph)
{
    /// <summary>How many times the table's rows there must be.</summary>
    private const int WorthSinking = 2;

    /// <summary>The width from which a product takes longer than adding up its rows.</summary>
    private const int WorthAdding = 32;

    /// <summary>Values with more parts are left alone: a sum that is added to itself, again and
    /// again, would have no end of them.</summary>
    private const int MaxParts = 8;

    private readonly Readers _readers = new(graph);
    private readonly Dictionary<GraphValue, bool> _summed = [];

    /// <summary>Whether there are enough rows to take them from a table.</summary>
    public static bool IsWorth(long rows, long table) => rows >= WorthSinking * table;

    /// <summary>Whether products with such rows take longer than adding them up.</summary>
    public static bool IsWorthAdding(GraphValue rows) => Views.Width(rows) >= WorthAdding;

    /// <summary>Whether a matrix's rows can be added up as they lie.</summary>
    public static bool CanSum(GraphValue rows, RowPick pick) =>
        pick.Index is not null || Views.IsDense(rows);

    /// <summary>Of what a node adds up rows of: the products that nobody needs but for such sums,
    /// and the rest; null where there are no such products.</summary>
    public PartsOf? Parts(GraphNode node)
    {
        return Summed(node) is { } parts && Collect(parts.Source, parts)
            && parts.Products.Count > 0 ? parts : null;
    }

    /// <summary>What a node adds up the rows of, and to which, with no parts yet; null where it
    /// does not, or where it gains nothing to ask.</summary>
    private static PartsOf? Summed(GraphNode node)
    {
        var x = node.InputArray;
        var (source, pick) = node.Op switch
        {
            IndexAddOp { Dim: 0 } when x[0].Spec.Shape.Rank == 2
                && AlgebraicSimplification.Is(x[0], 0) =>
                (x[2], RowPick.Of(x[1], x[0].Spec.Shape[0])),
            SumToOp sum => (x[0], RowPick.InTurn(sum.Target, x[0].Spec.Shape)),
            _ => (null, null),
        };
        return source is not null && pick is not null && IsWorthAdding(source)
            && IsWorth(source.Spec.Shape.Count / Views.Width(source), pick.Rows)
            ? new PartsOf(source, pick, [], [])
            : null;
    }

    private bool Collect(GraphValue value, PartsOf parts)
    {
        var part = Views.Unshaped(value);
        if (parts.Products.Count + parts.Rest.Count == MaxParts)
        {
            return false;
        }
        if (Views.Width(part) == Views.Width(parts.Source))
        {
            switch (part.Producer)
            {
                case { Op: MatMulOp, InputArray: [{ Spec.Shape.Rank: 2 } rows, _] } product
                    when part.Spec.Shape.Rank == 2 && IsSummed(part):
                    parts.Products.Add(product);
                    return CanSum(rows, parts.Pick);
                case { Op: AddOp, InputArray: [var a, var b] } when a.Spec == b.Spec:
                    return Collect(a, parts) && Collect(b, parts);
                default:
                    break;
            }
        }
        parts.Rest.Add(value);
        return value.Spec.Shape == parts.Source.Spec.Shape || Views.IsDense(value);
    }

    /// <summary>Whether nobody reads a value but who adds up its rows.</summary>
    private bool IsSummed(GraphValue value)
    {
        if (!_summed.TryGetValue(value, out var known))
        {
            _summed[value] = known = _readers.AreAll(value, reader => reader switch
            {
                { Op: ReshapeOp, OutputArray: [var same] } =>
                    Views.Width(same) == Views.Width(value) && IsSummed(same),
                { Op: AddOp, InputArray: [var a, var b], OutputArray: [var sum] } =>
                    a.Spec == b.Spec && IsSummed(sum),
                _ => Summed(reader)?.Source == value,
            });
        }
        return known;
    }

    /// <summary>What a sum of rows is taken of.</summary>
    /// <param name="Source">The rows.</param>
    /// <param name="Pick">Which sum each belongs to.</param>
    /// <param name="Products">Products whose sum, with the rest, the rows are.</param>
    /// <param name="Rest">What is added to them.</param>
    internal sealed record PartsOf(
        GraphValue Source, RowPick Pick, List<GraphNode> Products, List<GraphValue> Rest);
}
