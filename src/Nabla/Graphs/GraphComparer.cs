using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>Tells whether two traces are the same graph, and if not, where they differ.</summary>
internal static class GraphComparer
{
    /// <summary>The first difference in words, or null.</summary>
    public static string? Difference(Graph a, Graph b)
    {
        if (a.Nodes.Count != b.Nodes.Count)
        {
            return $"{a.Nodes.Count} ops against {b.Nodes.Count}";
        }
        var pairs = new Dictionary<GraphValue, GraphValue>();
        for (var i = 0; i < Math.Min(a.Inputs.Count, b.Inputs.Count); i++)
        {
            pairs[a.Inputs[i]] = b.Inputs[i];
        }
        for (var i = 0; i < a.Nodes.Count; i++)
        {
            var (x, y) = (a.Nodes[i], b.Nodes[i]);
            if (!x.Op.Equals(y.Op))
            {
                return $"op {i} is {x.Op} against {y.Op}";
            }
            if (x.Inputs.Count != y.Inputs.Count)
            {
                return $"op {i}, {x.Op.Name}, has {x.Inputs.Count} inputs against {y.Inputs.Count}";
            }
            for (var k = 0; k < x.Inputs.Count; k++)
            {
                if (!Same(pairs, x.Inputs[k], y.Inputs[k]))
                {
                    return $"input {k} of op {i}, {x.Op.Name}, is another value";
                }
            }
            for (var k = 0; k < x.Outputs.Count; k++)
            {
                if (x.Outputs[k].Spec != y.Outputs[k].Spec)
                {
                    return $"op {i}, {x.Op.Name}, has shape {x.Outputs[k].Spec.Shape} against "
                        + $"{y.Outputs[k].Spec.Shape}";
                }
                pairs[x.Outputs[k]] = y.Outputs[k];
            }
        }
        return Results(pairs, a, b);
    }

    private static string? Results(
        Dictionary<GraphValue, GraphValue> pairs, Graph a, Graph b)
    {
        if (a.Outputs.Count != b.Outputs.Count || a.Assigns.Count != b.Assigns.Count)
        {
            return "the number of outputs or state changes";
        }
        for (var i = 0; i < a.Outputs.Count; i++)
        {
            if (!Same(pairs, a.Outputs[i], b.Outputs[i]))
            {
                return $"output {i} is another value";
            }
        }
        for (var i = 0; i < a.Assigns.Count; i++)
        {
            if (a.Assigns[i].Target.Storage != b.Assigns[i].Target.Storage
                || !Same(pairs, a.Assigns[i].Value, b.Assigns[i].Value))
            {
                return $"state change {i} is another one";
            }
        }
        return null;
    }

    private static bool Same(
        Dictionary<GraphValue, GraphValue> pairs, GraphValue x, GraphValue y)
    {
        if (x.External is { } p && y.External is { } q)
        {
            return x.IsConstant && y.IsConstant
                ? x.Spec == y.Spec && SameElements(p, q)
                : p.Storage == q.Storage && p.Layout == q.Layout;
        }
        return pairs.TryGetValue(x, out var partner) && ReferenceEquals(partner, y);
    }

    private static unsafe bool SameElements(Tensor p, Tensor q)
    {
        if (p.IsWeak || q.IsWeak)
        {
            return p.IsWeak && q.IsWeak && p.WeakValue.Equals(q.WeakValue);
        }
        var (a, b) = (p.Dense(), q.Dense());
        var bytes = checked((int)(a.Count * a.DType.Size));
        var same = new ReadOnlySpan<byte>(a.Pointer, bytes)
            .SequenceEqual(new ReadOnlySpan<byte>(b.Pointer, bytes));
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        return same;
    }
}
