namespace Nabla.Graphs.Passes;

/// <summary>Dead code elimination: drops ops whose outputs nothing uses.</summary>
internal sealed class DeadCode : IGraphPass
{
    public string Name => "dead code elimination";

    public Graph Run(Graph graph)
    {
        var live = new HashSet<GraphNode>();
        var pending = new Stack<GraphNode>();
        foreach (var result in graph.Results)
        {
            Visit(result);
        }
        while (pending.TryPop(out var node))
        {
            foreach (var input in node.InputArray)
            {
                Visit(input);
            }
        }
        return graph.With([.. graph.Nodes.Where(live.Contains)]);

        void Visit(GraphValue value)
        {
            if (value.Producer is { } producer && live.Add(producer))
            {
                pending.Push(producer);
            }
        }
    }
}
