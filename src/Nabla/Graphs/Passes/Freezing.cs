namespace Nabla.Graphs.Passes;

/// <summary>
/// Freezing: tensors from outside, that is weights and running statistics, become constants. For
/// inference; whoever runs the graph must see to it that they have not changed since.
/// </summary>
internal sealed class Freezing : IGraphPass
{
    public string Name => "freezing";

    public Graph Run(Graph graph)
    {
        var frozen = new Dictionary<GraphValue, GraphValue>();
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.InputArray.Length; i++)
            {
                node.InputArray[i] = Freeze(node.InputArray[i]);
            }
        }
        return graph.With([.. graph.Nodes], Freeze);

        GraphValue Freeze(GraphValue value)
        {
            if (value.External is null || value.IsConstant)
            {
                return value;
            }
            if (!frozen.TryGetValue(value, out var constant))
            {
                frozen[value] = constant = Constants.Of(value.External);
            }
            return constant;
        }
    }
}
