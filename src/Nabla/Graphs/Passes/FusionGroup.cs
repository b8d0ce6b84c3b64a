using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>Ops of one shape that become one loop, and how many operands it takes: values that it
/// reads from outside, and values that are read outside.</summary>
/// <param name="readers">Who reads the graph's values.</param>
internal sealed class FusionGroup(Readers readers)
{
    private readonly HashSet<GraphValue> _inputs = [];

    /// <summary>How many nodes outside read each value of the group.</summary>
    private readonly Dictionary<GraphValue, int> _outside = [];
    private int _escaping;

    /// <summary>The members, in the graph's order.</summary>
    public List<GraphNode> Nodes { get; } = [];

    /// <summary>The shape that all of them compute.</summary>
    public Shape Shape => Nodes[0].OutputArray[0].Spec.Shape;

    /// <summary>Whether a value of the group is read outside.</summary>
    public bool Escapes(GraphValue value) => readers.IsResult(value) || _outside[value] > 0;

    /// <summary>How many operands the loop would take with one more node.</summary>
    public int OperandsWith(GraphNode node)
    {
        var operands = _inputs.Count + _escaping + (IsRead(node.OutputArray[0]) ? 1 : 0);
        foreach (var input in node.InputArray.Distinct())
        {
            if (!_outside.TryGetValue(input, out var left))
            {
                operands += _inputs.Contains(input) ? 0 : 1;
            }
            else if (left == 1 && !readers.IsResult(input))
            {
                operands--;
            }
        }
        return operands;
    }

    /// <summary>Adds a node that comes after all members.</summary>
    public void Add(GraphNode node)
    {
        foreach (var input in node.InputArray.Distinct())
        {
            if (!_outside.TryGetValue(input, out var left))
            {
                _inputs.Add(input);
                continue;
            }
            _outside[input] = left - 1;
            _escaping -= Escapes(input) ? 0 : 1;
        }
        var output = node.OutputArray[0];
        _outside[output] = readers.Of(output).Count;
        _escaping += Escapes(output) ? 1 : 0;
        Nodes.Add(node);
    }

    private bool IsRead(GraphValue value) => readers.IsResult(value) || readers.Of(value).Count > 0;
}
