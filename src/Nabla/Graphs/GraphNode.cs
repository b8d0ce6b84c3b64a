using Nabla.Autograd;

namespace Nabla.Graphs;

/// <summary>An op in a captured graph.</summary>
public sealed class GraphNode
{
    private readonly GraphValue[] _inputs;
    private readonly GraphValue[] _outputs;

    internal GraphNode(Op op, GraphValue[] inputs, ReadOnlySpan<TensorSpec> outputs)
    {
        Op = op;
        _inputs = inputs;
        _outputs = new GraphValue[outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            _outputs[i] = new GraphValue(outputs[i], this, i, null);
        }
    }

    /// <summary>A node that takes over values which other nodes computed.</summary>
    internal GraphNode(Op op, GraphValue[] inputs, GraphValue[] adopted)
    {
        Op = op;
        _inputs = inputs;
        _outputs = adopted;
        for (var i = 0; i < adopted.Length; i++)
        {
            adopted[i].Producer = this;
            adopted[i].Output = i;
        }
    }

    /// <summary>The op: the same object that runs eagerly.</summary>
    public Op Op { get; }

    /// <summary>What it reads.</summary>
    public IReadOnlyList<GraphValue> Inputs => _inputs;

    /// <summary>What it computes.</summary>
    public IReadOnlyList<GraphValue> Outputs => _outputs;

    internal GraphValue[] InputArray => _inputs;

    internal GraphValue[] OutputArray => _outputs;

    /// <summary>Its place in the graph's order.</summary>
    internal int Index { get; set; }
}
