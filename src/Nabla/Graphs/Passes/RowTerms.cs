using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// A matrix as a sum of terms P·T, where each row of P·T is a row of a table T: an embedding, and
/// what is broadcast over it, such as the embedding of positions.
/// </summary>
internal static class RowTerms
{
    /// <summary>More terms are not looked for: sums that are added to themselves would have no
    /// end.</summary>
    private const int MaxTerms = 4;

    /// <summary>The terms of a matrix (N, K), or null where it is no such sum.</summary>
    public static List<RowTerm>? Of(GraphValue rows)
    {
        var terms = new List<RowTerm>();
        return rows.Spec.Shape is { Rank: 2, Count: > 0 } shape
            && Collect(rows, shape[1], terms) ? terms : null;
    }

    private static bool Collect(GraphValue value, long width, List<RowTerm> terms)
    {
        value = Views.Unshaped(value);
        if (terms.Count == MaxTerms || Views.Width(value) != width)
        {
            return false;
        }
        switch (value.Producer)
        {
            case { Op: EmbeddingOp, InputArray: [var table, var index] }:
                terms.Add(new RowTerm(table, RowPick.Of(index, table.Spec.Shape[0])));
                return true;
            case { Op: AddOp, InputArray: var x }:
                return Array.TrueForAll(x, term => term.Spec.DType == value.Spec.DType
                    && (term.Spec.Shape == value.Spec.Shape
                        ? Collect(term, width, terms)
                        : InTurn(term, value.Spec.Shape, terms)));
            default:
                return false;
        }
    }

    /// <summary>Adds an operand of a sum whose rows come in turn.</summary>
    private static bool InTurn(GraphValue term, Shape sum, List<RowTerm> terms)
    {
        if (terms.Count == MaxTerms || RowPick.InTurn(term.Spec.Shape, sum) is not { } pick
            || (term.Spec.Shape.Rank != 2 && !Views.IsDense(term)))
        {
            return false;
        }
        terms.Add(new RowTerm(term, pick));
        return true;
    }
}

/// <summary>A term P·T of a matrix.</summary>
/// <param name="Table">The rows (V, K), maybe in another shape.</param>
/// <param name="Pick">Which of them each row is.</param>
internal sealed record RowTerm(GraphValue Table, RowPick Pick);

/// <summary>Which row of a table each row of a matrix is: the matrix P (N, V) of ones and
/// zeros.</summary>
/// <param name="Index">The rows' numbers, in any shape; or null where the table's rows come in
/// turn, over and over.</param>
/// <param name="Rows">How many the table has.</param>
internal sealed record RowPick(GraphValue? Index, long Rows)
{
    /// <summary>The rows that integers name.</summary>
    public static RowPick Of(GraphValue index, long rows) => new(Views.Unshaped(index), rows);

    /// <summary>The rows of what is broadcast to a shape over its first dimensions; null where that
    /// is not all that happens.</summary>
    public static RowPick? InTurn(Shape part, Shape whole)
    {
        var dims = part.Dims;
        while (dims.Length > 0 && dims[0] == 1)
        {
            dims = dims[1..];
        }
        return dims.Length > 0 && whole.Count > 0 && part.Count < whole.Count
            && whole.Dims.EndsWith(dims) ? new RowPick(null, part.Count / dims[^1]) : null;
    }
}
