namespace Nabla.Graphs.Passes;

/// <summary>
/// What a pass does to one graph, node by node: it asks who reads the values of the graph that
/// came, and puts nodes in place of others.
/// </summary>
internal abstract class Rewriting(Graph graph)
{
    private readonly GraphNode[][] _places = [.. graph.Nodes.Select(node => new[] { node })];
    private readonly HashSet<GraphNode> _gone = [];

    protected Readers Readers { get; } = new(graph);

    /// <summary>Visits the nodes in order, and returns the graph with those that are left.
    /// </summary>
    public Graph Run()
    {
        foreach (var node in graph.Nodes)
        {
            Visit(node);
        }
        return graph.With(Topological.Sort(
            [.. _places.SelectMany(place => place).Where(node => !_gone.Contains(node))]));
    }

    protected abstract void Visit(GraphNode node);

    /// <summary>Puts nodes in a node's place.</summary>
    protected void Replace(GraphNode node, params GraphNode[] others)
    {
        _places[node.Index] = others;
        Array.ForEach(others, other => other.Index = node.Index);
    }

    protected void Remove(params IEnumerable<GraphNode> nodes) => _gone.UnionWith(nodes);
}
