namespace Nabla.Graphs;

/// <summary>Orders nodes so that each comes after those it reads, otherwise as they were.</summary>
internal static class Topological
{
    /// <exception cref="InvalidOperationException">Nodes need each other.</exception>
    public static GraphNode[] Sort(GraphNode[] nodes)
    {
        var members = new HashSet<GraphNode>(nodes);
        var done = new HashSet<GraphNode>();
        var open = new HashSet<GraphNode>();
        var order = new List<GraphNode>(nodes.Length);
        var stack = new Stack<(GraphNode Node, int Next)>();
        foreach (var root in nodes)
        {
            if (!done.Contains(root))
            {
                stack.Push((root, 0));
            }
            while (stack.TryPop(out var top))
            {
                var (node, next) = top;
                if (next == 0 && done.Contains(node))
                {
                    continue;
                }
                if (next == node.InputArray.Length)
                {
                    if (done.Add(node))
                    {
                        order.Add(node);
                    }
                    open.Remove(node);
                    continue;
                }
                if (next == 0 && !open.Add(node))
                {
                    throw new InvalidOperationException(
                        $"the graph has a cycle through {node.Op.Name}");
                }
                stack.Push((node, next + 1));
                if (node.InputArray[next].Producer is { } producer && members.Contains(producer)
                    && !done.Contains(producer))
                {
                    stack.Push((producer, 0));
                }
            }
        }
        return [.. order];
    }
}
