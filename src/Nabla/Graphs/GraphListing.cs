using System.Text;
using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>A graph as text: one op a line, with its attributes, types and shapes.</summary>
internal static class GraphListing
{
    public static string Of(Graph graph)
    {
        var text = new StringBuilder();
        text.Append("graph(").AppendJoin(", ", graph.Inputs.Select(Typed)).AppendLine(")");
        foreach (var node in graph.Nodes)
        {
            text.Append("  ").AppendJoin(", ", node.Outputs.Select(Typed)).Append(" = ")
                .Append(node.Op.Name).Append('(').AppendJoin(", ", node.Inputs);
            if (Attributes(node.Op) is { Length: > 0 } attributes)
            {
                text.Append("; ").Append(attributes);
            }
            text.AppendLine(")");
        }
        var names = Names(graph);
        for (var i = 0; i < names.Length; i++)
        {
            var target = graph.Assigns[i].Target;
            text.AppendLine($"  assign {names[i]}: {target.DType.Name} {target.Shape} "
                + $"= {graph.Assigns[i].Value}");
        }
        return text.Append("  return ").AppendJoin(", ", graph.Outputs).AppendLine().ToString();
    }

    /// <summary>An op's attributes, as its record prints them.</summary>
    public static string Attributes(Op op)
    {
        if (op is FusedElementwise or FusedReduction)
        {
            return "";
        }
        var text = op.ToString();
        foreach (var type in Enum.GetValues<DType>())
        {
            text = text.Replace($" = {type}", $" = {type.Name}");
        }
        var start = text.IndexOf("{ ", StringComparison.Ordinal);
        return start < 0 || text.Length < start + 4 ? "" : text[(start + 2)..^2];
    }

    /// <summary>What the targets of the state changes are called where they are read.</summary>
    public static string[] Names(Graph graph)
    {
        var known = new Dictionary<Storage, string>();
        var next = 0;
        foreach (var value in graph.Nodes.SelectMany(n => n.Inputs).Concat(graph.Outputs))
        {
            if (value.External is { IsWeak: false } external)
            {
                known.TryAdd(external.Storage, value.ToString());
                next = Math.Max(next, value.Id + 1);
            }
        }
        return [.. graph.Assigns.Select(a =>
            known.TryGetValue(a.Target.Storage, out var name) ? name : $"state{next++}")];
    }

    private static string Typed(GraphValue value) =>
        $"{value}: {value.Spec.DType.Name} {value.Spec.Shape}";
}
