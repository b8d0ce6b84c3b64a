namespace Nabla.Graphs;

/// <summary>Who reads the values of a graph, as it was when this was made.</summary>
internal sealed class Readers
{
    private readonly Dictionary<GraphValue, List<GraphNode>> _nodes = [];
    private readonly HashSet<GraphValue> _results;

    public Readers(Graph graph)
    {
        _results = [.. graph.Results];
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.InputArray.Distinct())
            {
                if (!_nodes.TryGetValue(input, out var list))
                {
                    _nodes[input] = list = [];
                }
                list.Add(node);
            }
        }
    }

    /// <summary>The nodes that read a value, in the graph's order, each once.</summary>
    public List<GraphNode> Of(GraphValue value) => _nodes.GetValueOrDefault(value, []);

    /// <summary>Whether the graph gives a value back.</summary>
    public bool IsResult(GraphValue value) => _results.Contains(value);

    /// <summary>Whether a value is read, and by such nodes alone.</summary>
    public bool AreAll(GraphValue value, Predicate<GraphNode> such) =>
        !IsResult(value) && Of(value) is { Count: > 0 } readers && readers.TrueForAll(such);

    /// <summary>The node that computes a value which one node reads and nobody else; or null.
    /// </summary>
    public GraphNode? Private(GraphValue value) =>
        !IsResult(value) && Of(value).Count == 1 ? value.Producer : null;
}
