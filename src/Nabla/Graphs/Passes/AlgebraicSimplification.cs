using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs.Passes;

/// <summary>
/// Algebraic simplification: ops that give back their input go (x·1, x/1, x + 0, x − 0, −(−x), a
/// shape or type that x has), and two views or casts in a row become one.
/// </summary>
/// <remarks>Numbers keep their bits, but for −0 + 0, which stays −0.</remarks>
internal sealed class AlgebraicSimplification : IGraphPass
{
    /// <summary>A constant with more elements is not looked through.</summary>
    private const long MaxElements = 4096;

    public string Name => "algebraic simplification";

    public Graph Run(Graph graph)
    {
        var readers = new Readers(graph);
        var changed = graph.Assigns.Select(a => a.Target.Storage).ToHashSet();
        var replaced = new Dictionary<GraphValue, GraphValue>();
        var nodes = new List<GraphNode>();
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.InputArray.Length; i++)
            {
                node.InputArray[i] = Replace(node.InputArray[i]);
            }
            var simpler = Merged(node);
            // State that the step changes is not its old value any more when results are read.
            if (Same(simpler) is { } value && value.Spec == node.OutputArray[0].Spec
                && (simpler.Op is ViewOp || Lies(value, node.OutputArray[0]))
                && (Root(value).External is not { } outside || !changed.Contains(outside.Storage)))
            {
                replaced[node.OutputArray[0]] = value;
            }
            else
            {
                nodes.Add(simpler);
            }
        }
        return graph.With([.. nodes], Replace);

        // A view that was one of an op's result may be none of that op's input.
        bool Lies(GraphValue value, GraphValue result) =>
            Views.IsDense(value) || !readers.Of(result).Exists(reader => reader.Op is ViewOp);

        GraphValue Replace(GraphValue value) => replaced.GetValueOrDefault(value, value);
    }

    /// <summary>The input that the op gives back, or null.</summary>
    private static GraphValue? Same(GraphNode node)
    {
        var x = node.InputArray;
        return node.Op switch
        {
            MulOp when Is(x[1], 1) => x[0],
            MulOp when Is(x[0], 1) => x[1],
            DivOp when Is(x[1], 1) => x[0],
            AddOp when Is(x[1], 0) => x[0],
            AddOp when Is(x[0], 0) => x[1],
            SubOp when Is(x[1], 0) => x[0],
            NegOp when x[0].Producer is { Op: NegOp } inner => inner.InputArray[0],
            CastOp or ReshapeOp or ExpandOp or SumToOp => x[0],
            PermuteOp permute when IsIdentity(permute) => x[0],
            _ => null,
        };
    }

    /// <summary>The node, or one that also does what its input's producer did.</summary>
    private static GraphNode Merged(GraphNode node)
    {
        if (node.InputArray is not [{ Producer: { InputArray: [var source] } inner }])
        {
            return node;
        }
        return (node.Op, inner.Op) switch
        {
            (PermuteOp outer, PermuteOp first) => Node(new PermuteOp(
                new Shape([.. outer.Order.Dims.ToArray().Select(d => first.Order[(int)d])]))),
            (ReshapeOp outer, ReshapeOp) when Views.IsDense(source) => Node(outer),
            (ExpandOp outer, ExpandOp) => Node(outer),
            (CastOp outer, CastOp first) when Keeps(source.Spec.DType, first.Type) => Node(outer),
            _ => node,
        };

        GraphNode Node(Op op) => new(op, [source], [.. node.OutputArray]);
    }

    /// <summary>Whether every number of a type is one of another.</summary>
    private static bool Keeps(DType type, DType wider) => (type, wider) switch
    {
        (DType.Float16 or DType.BFloat16, DType.Float32 or DType.Float64) => true,
        (DType.Float32, DType.Float64) => true,
        _ => type == wider,
    };

    private static bool IsIdentity(PermuteOp permute)
    {
        for (var i = 0; i < permute.Order.Rank; i++)
        {
            if (permute.Order[i] != i)
            {
                return false;
            }
        }
        return true;
    }

    private static GraphValue Root(GraphValue value)
    {
        while (value.Producer is { Op: ViewOp } view)
        {
            value = view.InputArray[0];
        }
        return value;
    }

    /// <summary>Whether all elements are a number.</summary>
    internal static bool Is(GraphValue value, double number)
    {
        if (value.Producer is { Op: FullOp full })
        {
            return full.Value.Equals(number);
        }
        if (value.Producer is { Op: ExpandOp, InputArray: [var source] })
        {
            return Is(source, number);
        }
        if (!value.IsConstant || value.External is not { } tensor)
        {
            return false;
        }
        if (tensor.IsWeak)
        {
            return tensor.WeakValue.Equals(number);
        }
        return tensor.Count is > 0 and <= MaxElements
            && Array.TrueForAll(InDoubles(tensor), v => v.Equals(number));
    }

    private static double[] InDoubles(Tensor tensor)
    {
        var wide = Tensor.Empty(tensor.Shape, DType.Float64);
        tensor.Device.Copy(tensor, wide);
        return wide.ToArray<double>();
    }
}
