using System.Text;

namespace Nabla.Graphs;

/// <summary>A graph in the DOT language of Graphviz (Gansner and North, 2000).</summary>
internal static class GraphDrawing
{
    public static string Of(Graph graph)
    {
        var text = new StringBuilder("digraph step {\n  node [fontname=\"Helvetica\"];\n");
        foreach (var input in graph.Inputs)
        {
            Vertex(text, input.ToString(), $"{input}\n{input.Spec.Shape}", "ellipse");
        }
        var outside = graph.Nodes.SelectMany(n => n.Inputs).Concat(graph.Results)
            .Where(v => v.External is { IsWeak: false }).Distinct();
        foreach (var value in outside)
        {
            Vertex(text, value.ToString(), $"{value}\n{value.Spec.Shape}", "cylinder");
        }
        foreach (var node in graph.Nodes)
        {
            var numbers = node.Inputs.Where(v => v.External is { IsWeak: true });
            Vertex(text, Name(node), string.Join(' ', [node.Op.Name, .. numbers]), "box");
            foreach (var input in node.Inputs.Where(v => v.External is not { IsWeak: true }))
            {
                Arrow(text, Source(input), Name(node), input.Spec.Shape.ToString());
            }
        }
        for (var i = 0; i < graph.Outputs.Count; i++)
        {
            Vertex(text, $"output{i}", $"output{i}", "ellipse");
            Arrow(text, Source(graph.Outputs[i]), $"output{i}",
                graph.Outputs[i].Spec.Shape.ToString());
        }
        var names = GraphListing.Names(graph);
        for (var i = 0; i < names.Length; i++)
        {
            var value = graph.Assigns[i].Value;
            Vertex(text, $"assign{i}", $"{names[i]} ←", "cylinder");
            Arrow(text, Source(value), $"assign{i}", value.Spec.Shape.ToString());
        }
        return text.Append("}\n").ToString();
    }

    private static string Name(GraphNode node) => $"op{node.Index}";

    private static string Source(GraphValue value) =>
        value.Producer is { } producer ? Name(producer) : value.ToString();

    private static void Vertex(StringBuilder text, string name, string label, string shape) =>
        text.Append($"  \"{name}\" [label=\"{Escape(label)}\", shape={shape}];\n");

    private static void Arrow(StringBuilder text, string from, string to, string label) =>
        text.Append($"  \"{from}\" -> \"{to}\" [label=\"{Escape(label)}\"];\n");

    private static string Escape(string label) =>
        label.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
}
