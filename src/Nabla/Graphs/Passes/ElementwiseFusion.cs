using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Kernels.Cpu;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Elementwise fusion: connected elementwise ops over one shape become one pass over memory.
/// </summary>
/// <remarks>
/// An op joins the group of a producer when nothing outside the group lies between them, other
/// groups taken as a whole: else the fused op would need its own result as an input.
/// </remarks>
internal sealed class ElementwiseFusion : IGraphPass
{
    /// <summary>Operands a fused loop can take.</summary>
    private const int MaxOperands = TileLoop.MaxOperands;

    public string Name => "elementwise fusion";

    public Graph Run(Graph graph)
    {
        var groups = new Dictionary<GraphNode, FusionGroup>();
        var readers = new Readers(graph);
        var spans = new SpanUnion(graph.Nodes.Count);
        foreach (var node in graph.Nodes)
        {
            if (!IsFusable(node))
            {
                continue;
            }
            var home = node.InputArray
                .Select(v => v.Producer)
                .Where(p => p is not null && groups.ContainsKey(p))
                .Select(p => groups[p!])
                .Distinct()
                .FirstOrDefault(g => g.OperandsWith(node) <= MaxOperands
                    && g.Shape == node.OutputArray[0].Spec.Shape
                    && !DependsFromOutside(node, g, groups, spans.First(g.Nodes[0].Index)));
            home ??= new FusionGroup(readers);
            home.Add(node);
            groups[node] = home;
            spans.Join(home.Nodes[0].Index, node.Index);
        }
        var fused = new Dictionary<FusionGroup, GraphNode>();
        foreach (var group in groups.Values.Distinct().Where(g => g.Nodes.Count > 1))
        {
            fused[group] = Fuse(group);
        }
        var nodes = graph.Nodes
            .Select(n => groups.TryGetValue(n, out var g) && fused.TryGetValue(g, out var f)
                ? f
                : n)
            .Distinct();
        return graph.With(Topological.Sort([.. nodes]));
    }

    internal static bool IsFusable(GraphNode node)
    {
        if (node.Op is not ElementwiseOp || node.OutputArray[0].Spec.Shape.Count == 0)
        {
            return false;
        }
        // Chains compute in float32; a condition enters and leaves as 0 or 1.
        return node.InputArray[^1].Spec.DType == DType.Float32
            && node.InputArray.All(v => v.Spec.DType is DType.Float32 or DType.Bool)
            && node.OutputArray[0].Spec.DType is DType.Float32 or DType.Bool;
    }

    /// <summary>Whether the node reads something outside the group that the group feeds.</summary>
    /// <param name="node">The node.</param>
    /// <param name="group">The group.</param>
    /// <param name="groups">All groups.</param>
    /// <param name="first">Nothing before this place leads to the group.</param>
    private static bool DependsFromOutside(GraphNode node, FusionGroup group,
        Dictionary<GraphNode, FusionGroup> groups, int first)
    {
        var seen = new HashSet<GraphNode>();
        var pending = new Stack<GraphNode>();
        Follow(node, inside: true);
        while (pending.TryPop(out var outside))
        {
            if (groups.TryGetValue(outside, out var others))
            {
                if (others == group)
                {
                    return true;
                }
                others.Nodes.ForEach(other => Follow(other, inside: false));
            }
            else
            {
                Follow(outside, inside: false);
            }
        }
        return false;

        void Follow(GraphNode reader, bool inside)
        {
            foreach (var input in reader.InputArray)
            {
                if (input.Producer is { } p && p.Index >= first
                    && !(inside && groups.GetValueOrDefault(p) == group) && seen.Add(p))
                {
                    pending.Push(p);
                }
            }
        }
    }

    private static GraphNode Fuse(FusionGroup joined)
    {
        var group = joined.Nodes;
        var members = new HashSet<GraphNode>(group);
        var registers = new Dictionary<GraphValue, int>();
        var inputs = new List<GraphValue>();
        foreach (var input in group.SelectMany(n => n.InputArray))
        {
            if ((input.Producer is null || !members.Contains(input.Producer))
                && registers.TryAdd(input, inputs.Count))
            {
                inputs.Add(input);
            }
        }
        var steps = new FusedStep[group.Count];
        var outputs = new List<GraphValue>();
        for (var i = 0; i < steps.Length; i++)
        {
            var node = group[i];
            registers[node.OutputArray[0]] = inputs.Count + i;
            steps[i] = Step(node, value => registers[value]);
            if (joined.Escapes(node.OutputArray[0]))
            {
                outputs.Add(node.OutputArray[0]);
            }
        }
        var program = new FusedProgram(
            inputs.Count, steps, [.. outputs.Select(v => registers[v])])
        {
            Ops = [.. group.Select(n => (ILaneOp)n.Op)],
        };
        var label = string.Join(' ', group.Select(n => n.Op.Name));
        return new GraphNode(
            new FusedElementwise(program, [.. outputs.Select(v => v.Spec)], label),
            [.. inputs], [.. outputs]);
    }

    /// <summary>A node as a step over registers.</summary>
    internal static FusedStep Step(GraphNode node, Func<GraphValue, int> register)
    {
        var x = node.InputArray;
        int Register(int k) => register(x[Math.Min(k, x.Length - 1)]);
        return new FusedStep(((ElementwiseOp)node.Op).Tile(DType.Float32), x.Length,
            Register(0), Register(1), Register(2));
    }
}
