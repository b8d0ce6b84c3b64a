using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Row spacing: matrices between products, whose rows are whole pages long, get a cache line
/// between their rows. Else the numbers of a column would share one set of a cache, which holds few
/// of them, while products walk along columns.
/// </summary>
internal static class RowSpacing
{
    /// <summary>Rows of so many bytes share cache sets.</summary>
    private const int Page = 4096;

    /// <summary>So many rows fit a set of any cache.</summary>
    private const int Ways = 16;

    /// <summary>Bytes from a row's end to the next one.</summary>
    private const int Gap = 64;

    private static readonly Shape s_across = new(1, 0);

    /// <summary>The distance of a spaced matrix's rows.</summary>
    public static long Distance(TensorSpec matrix) =>
        matrix.Shape[1] + (Gap / matrix.DType.Size);

    /// <summary>The values that only products read and write, and whose rows are to be spaced.
    /// </summary>
    /// <param name="nodes">What runs.</param>
    /// <param name="kept">Values that somebody else looks at, or that lie in state.</param>
    public static HashSet<GraphValue> Of(
        IReadOnlyList<GraphNode> nodes, IReadOnlySet<GraphValue> kept)
    {
        var spaced = new HashSet<GraphValue>();
        if (!nodes.Any(node => node.Op is ISpacesRows && IsAligned(node.OutputArray[0].Spec)))
        {
            return spaced;
        }
        // Views, by what they are views of, and those whose rows are its columns.
        var matrices = new Dictionary<GraphValue, GraphValue>();
        var across = new HashSet<GraphValue>();
        foreach (var node in nodes)
        {
            if (node.Op is ViewOp)
            {
                if (Matrix(node.InputArray[0]) is { } matrix)
                {
                    View(node, matrix);
                }
                continue;
            }
            for (var i = 0; i < node.InputArray.Length; i++)
            {
                if (Matrix(node.InputArray[i]) is { } matrix
                    && !Reads(node, i, across.Contains(node.InputArray[i])))
                {
                    spaced.Remove(matrix);
                }
            }
            foreach (var output in node.OutputArray)
            {
                if (node.Op is ISpacesRows op && op.SpacesRows(output.Output)
                    && IsAligned(output.Spec) && !kept.Contains(output))
                {
                    spaced.Add(output);
                }
            }
        }
        while (nodes.Any(Part))
        {
        }
        return spaced;

        GraphValue? Matrix(GraphValue value)
        {
            var matrix = matrices.GetValueOrDefault(value, value);
            return spaced.Contains(matrix) ? matrix : null;
        }

        void View(GraphNode node, GraphValue matrix)
        {
            var view = node.OutputArray[0];
            var source = node.InputArray[0];
            var keepsRows = node.Op switch
            {
                ReshapeOp => view.Spec.Shape.Rank > 0 && !across.Contains(source)
                    && view.Spec.Shape[^1] == matrix.Spec.Shape[1],
                PermuteOp permute => permute.Order == s_across && across.Add(view),
                _ => false,
            };
            if (keepsRows && !kept.Contains(view))
            {
                matrices[view] = matrix;
            }
            else
            {
                spaced.Remove(matrix);
            }
        }

        // A matrix that lies as another one is spaced if that one is.
        bool Part(GraphNode node)
        {
            if (node.Op is not ISpacesRows op)
            {
                return false;
            }
            var output = node.OutputArray[0];
            var changed = false;
            for (var i = 0; i < node.InputArray.Length; i++)
            {
                var input = matrices.GetValueOrDefault(node.InputArray[i], node.InputArray[i]);
                if (op.LiesAsOutput(i) && node.InputArray[i].Spec == output.Spec
                    && spaced.Contains(input) != spaced.Contains(output))
                {
                    changed |= spaced.Remove(input) || spaced.Remove(output);
                }
            }
            return changed;
        }
    }

    private static bool IsAligned(TensorSpec value) => value.Shape is { Rank: 2, Count: > 0 } shape
        && shape[0] > Ways && shape[1] * value.DType.Size % Page == 0;

    /// <summary>Whether a node can read a spaced matrix, or a view of it, as an input.</summary>
    private static bool Reads(GraphNode node, int input, bool isAcross) => node.Op switch
    {
        ISpacesRows op when op.LiesAsOutput(input) =>
            !isAcross && node.InputArray[input].Spec == node.OutputArray[0].Spec,
        ISpacesRows or LinearOp or MatMulOp or ITakesProduct => node.Op.AcceptsStrides(input),
        _ => false,
    };
}

/// <summary>An op that writes matrices whose rows may lie further apart than they are long.
/// </summary>
internal interface ISpacesRows
{
    /// <summary>Whether the rows of an output may lie so.</summary>
    bool SpacesRows(int output);

    /// <summary>Whether an input's rows lie as far apart as those of the first output.</summary>
    bool LiesAsOutput(int input);
}
