using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>Nodes that limit a value from below or above, as layers and
/// <see cref="ClampOps"/> write it.</summary>
/// <param name="Source">What is limited.</param>
/// <param name="Limits">The limits.</param>
/// <param name="Inner">The nodes between the source and the last one.</param>
internal sealed record ClampPattern(GraphValue Source, Limits Limits, GraphNode[] Inner)
{
    /// <summary>Whether float32 holds the limits, so that they are the same in float64.</summary>
    public bool IsExact { get; private init; } = true;

    /// <summary>The pattern that ends with a node, or null.</summary>
    public static ClampPattern? Match(GraphNode node)
    {
        var x = node.InputArray;
        if (node.Op is ReluOp)
        {
            return new(x[0], Limits.Relu, []);
        }
        if (node.Op is ClampOp && node.OutputArray[0].Spec == x[0].Spec)
        {
            return Between(x[0], Constants.Number(x[1]), Constants.Number(x[2]));
        }
        if (node.Op is not WhereOp || Constants.Number(x[1]) is not { } bound
            || x[0].Producer is not { Op: LessOp or LessOrEqualOp } compare)
        {
            return null;
        }
        var (less, more) = (compare.InputArray[0], compare.InputArray[1]);
        if (Constants.Number(less) == bound)
        {
            return Above(x[2], more, bound, compare);
        }
        return Constants.Number(more) == bound && less == x[2]
            ? new(x[2], new((float)bound, float.PositiveInfinity), [compare])
            {
                IsExact = (float)bound == bound,
            }
            : null;
    }

    /// <summary>Whether only the pattern reads what it limits, and what lies between.</summary>
    /// <param name="last">The node that it ends with.</param>
    /// <param name="readers">Who reads the graph's values.</param>
    public bool IsAlone(GraphNode last, Readers readers) =>
        Inner.Select(node => node.OutputArray[0]).Append(Source).All(
            value => readers.AreAll(value, node => node == last || Inner.Contains(node)));

    /// <summary>min(max(x, low), high) for limits that are known, and numbers.</summary>
    private static ClampPattern? Between(GraphValue x, double? low, double? high) =>
        low <= double.PositiveInfinity && high <= double.PositiveInfinity
            ? new(x, Limits.None.Then(new((float)low, (float)high)), [])
            {
                IsExact = (float)low == low && (float)high == high,
            }
            : null;

    /// <summary>where(bound ≤ x, bound, x), or max(x, 0) instead of the last x.</summary>
    private static ClampPattern? Above(
        GraphValue otherwise, GraphValue x, double bound, GraphNode compare)
    {
        var (upper, isExact) = ((float)bound, (float)bound == bound);
        if (otherwise == x)
        {
            return new(x, new(float.NegativeInfinity, upper), [compare]) { IsExact = isExact };
        }
        return otherwise.Producer is { Op: ReluOp } relu && relu.InputArray[0] == x && bound >= 0
            ? new(x, new(0, upper), [compare, relu]) { IsExact = isExact }
            : null;
    }
}
