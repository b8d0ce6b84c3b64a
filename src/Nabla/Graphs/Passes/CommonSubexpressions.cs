using Nabla.Autograd;

namespace Nabla.Graphs.Passes;

/// <summary>Common subexpression elimination: equal pure ops on equal inputs run once.</summary>
internal sealed class CommonSubexpressions : IGraphPass
{
    public string Name => "common subexpression elimination";

    public Graph Run(Graph graph)
    {
        var known = new Dictionary<Key, GraphNode>();
        var replaced = new Dictionary<GraphValue, GraphValue>();
        var scalars = new Dictionary<(double, Nabla.DType), GraphValue>();
        var nodes = new List<GraphNode>();
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.InputArray.Length; i++)
            {
                node.InputArray[i] = Replace(node.InputArray[i]);
            }
            var key = new Key(node.Op, node.InputArray);
            if (node.Op.Effects == Effects.None && known.TryGetValue(key, out var same))
            {
                for (var i = 0; i < node.OutputArray.Length; i++)
                {
                    replaced[node.OutputArray[i]] = same.OutputArray[i];
                }
                continue;
            }
            known.TryAdd(key, node);
            nodes.Add(node);
        }
        return graph.With([.. nodes], Replace);

        GraphValue Replace(GraphValue value)
        {
            if (value.External is { IsWeak: true } weak)
            {
                var scalar = (weak.WeakValue, weak.DType);
                return scalars.TryGetValue(scalar, out var first)
                    ? first
                    : scalars[scalar] = value;
            }
            return replaced.GetValueOrDefault(value, value);
        }
    }

    private readonly record struct Key(Op Op, GraphValue[] Inputs)
    {
        public bool Equals(Key other) =>
            Op.Equals(other.Op) && Inputs.AsSpan().SequenceEqual(other.Inputs);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(Op);
            foreach (var input in Inputs)
            {
                hash.Add(input);
            }
            return hash.ToHashCode();
        }
    }
}
