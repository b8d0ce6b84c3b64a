using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>A state change at the end of a step: a tensor's elements become a value's.</summary>
/// <param name="Target">The tensor from outside the graph.</param>
/// <param name="Value">Its new elements.</param>
public sealed record GraphAssign(Tensor Target, GraphValue Value);

/// <summary>
/// A captured step as a list of ops in executable order. Everything is pure until the assigns at
/// its end.
/// </summary>
public sealed class Graph
{
    private readonly GraphValue[] _inputs;
    private GraphNode[] _nodes;
    private GraphValue[] _outputs;
    private GraphAssign[] _assigns;

    internal Graph(
        GraphValue[] inputs, GraphNode[] nodes, GraphValue[] outputs, GraphAssign[] assigns)
    {
        _inputs = inputs;
        _nodes = nodes;
        _outputs = outputs;
        _assigns = assigns;
        Number();
    }

    /// <summary>The step's arguments.</summary>
    public IReadOnlyList<GraphValue> Inputs => _inputs;

    /// <summary>The ops, in an order in which they can run.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>What the step returns.</summary>
    public IReadOnlyList<GraphValue> Outputs => _outputs;

    /// <summary>State changes, after everything is computed.</summary>
    public IReadOnlyList<GraphAssign> Assigns => _assigns;

    /// <summary>The random states that it reads, each with the number of ops that draw from it: a
    /// replay moves the state by as many.</summary>
    internal (Tensor State, int Draws)[] Draws { get; init; } = [];

    /// <summary>What must still hold for it to be what the function does; each says what changed,
    /// or null.</summary>
    internal Func<string?>[] Guards { get; init; } = [];

    /// <summary>Lets constants go whose packed forms take their places; null where others may still
    /// need them.</summary>
    internal Discarding? Discarding { get; init; }

    /// <summary>The graph as the last owner of what it reads: nobody watches it any more, and
    /// constants that it does not need as they are go when they are packed.</summary>
    internal Graph Owning() =>
        new(_inputs, _nodes, _outputs, _assigns) { Discarding = new Discarding() };

    /// <summary>The graph with other nodes in place of these.</summary>
    internal Graph With(GraphNode[] nodes, Func<GraphValue, GraphValue>? replace = null)
    {
        _nodes = nodes;
        if (replace is not null)
        {
            _outputs = [.. _outputs.Select(replace)];
            _assigns = [.. _assigns.Select(a => a with { Value = replace(a.Value) })];
        }
        Number();
        return this;
    }

    /// <summary>Values that must survive: outputs and assigned ones.</summary>
    internal IEnumerable<GraphValue> Results =>
        _outputs.Concat(_assigns.Select(a => a.Value));

    private void Number()
    {
        var id = 0;
        foreach (var input in _inputs)
        {
            input.Id = id++;
        }
        id = 0;
        var externals = new HashSet<GraphValue>();
        for (var i = 0; i < _nodes.Length; i++)
        {
            _nodes[i].Index = i;
            foreach (var value in _nodes[i].InputArray)
            {
                if (value.External is { IsWeak: false } && externals.Add(value))
                {
                    value.Id = externals.Count - 1;
                }
            }
            foreach (var value in _nodes[i].OutputArray)
            {
                value.Id = id++;
            }
        }
    }

    /// <summary>The graph as a listing: one op a line, with attributes and shapes.</summary>
    public override string ToString() => GraphListing.Of(this);

    /// <summary>The graph as a drawing in the DOT language: <c>dot -Tsvg</c> makes a picture of it.
    /// </summary>
    public string ToDot() => GraphDrawing.Of(this);
}
