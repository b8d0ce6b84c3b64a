namespace Nabla.Autograd;

/// <summary>
/// Which nodes of the tape lie between outputs and chosen inputs: a pass for those inputs runs no
/// other gradient rule, and no other tensor's hooks.
/// </summary>
/// <param name="ends">The nodes of the inputs.</param>
internal sealed class BackwardRoute(IEnumerable<GradNode> ends)
{
    private readonly HashSet<GradNode> _ends = [.. ends];

    /// <summary>For each node seen, whether an input lies behind it.</summary>
    private readonly Dictionary<GradNode, bool> _goesOn = [];

    /// <summary>Whether a node is an input's or lies before one.</summary>
    public bool LeadsTo(GradNode node) => _ends.Contains(node) || GoesOnFrom(node);

    /// <summary>Whether an input lies behind a node.</summary>
    public bool GoesOnFrom(GradNode node)
    {
        if (_goesOn.TryGetValue(node, out var known))
        {
            return known;
        }
        // The tape may be deep: a stack of its own, not the thread's.
        var open = new Stack<(GradNode Node, int Edge)>();
        open.Push((node, 0));
        _goesOn[node] = false;
        while (open.TryPop(out var top))
        {
            if (top.Edge == top.Node.Edges.Length)
            {
                continue;
            }
            open.Push((top.Node, top.Edge + 1));
            if (top.Node.Edges[top.Edge].Node is not { } next)
            {
                continue;
            }
            if (_ends.Contains(next) || (_goesOn.TryGetValue(next, out var on) && on))
            {
                Mark(open);
            }
            if (_goesOn.TryAdd(next, false))
            {
                open.Push((next, 0));
            }
        }
        return _goesOn[node];
    }

    /// <summary>All nodes that are being looked into lead on. Below one that is known to, all are.
    /// </summary>
    private void Mark(Stack<(GradNode Node, int Edge)> open)
    {
        foreach (var (node, _) in open)
        {
            if (_goesOn[node])
            {
                return;
            }
            _goesOn[node] = true;
        }
    }
}
