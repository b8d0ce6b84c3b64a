using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// Checks that a graph can run: each value is computed before it is read, by the node it names, and
/// has the shape and type that its op infers from what it reads now. Memory is planned by these
/// shapes, so a pass that gets one wrong would have kernels read and write beyond their buffers.
/// </summary>
internal sealed class GraphVerifier
{
    private readonly Dictionary<GraphValue, Tensor> _handles = [];
    private readonly Graph _graph;
    private readonly string _stage;

    private GraphVerifier(Graph graph, string stage) => (_graph, _stage) = (graph, stage);

    /// <summary>Checks a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">What made it, for the message.</param>
    /// <exception cref="InvalidOperationException">It is wrong: the message names the stage and the
    /// node.</exception>
    public static void Check(Graph graph, string stage) => new GraphVerifier(graph, stage).Check();

    private void Check()
    {
        foreach (var input in _graph.Inputs)
        {
            _handles.Add(input, Handle(input.Spec));
        }
        foreach (var node in _graph.Nodes)
        {
            Check(node);
        }
        foreach (var result in _graph.Results)
        {
            if (Find(result) is null)
            {
                throw Wrong($"the result {result} is computed by no node");
            }
        }
        foreach (var (target, value) in _graph.Assigns)
        {
            if (target.Count != value.Spec.Shape.Count)
            {
                throw Wrong($"{value} {value.Spec.Shape} is assigned to {target.Shape}");
            }
        }
    }

    private void Check(GraphNode node)
    {
        var x = new Tensor[node.InputArray.Length];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = Find(node.InputArray[i]) ?? throw Wrong(
                $"reads {node.InputArray[i]} before it is computed", node);
        }
        var specs = new TensorSpec[node.OutputArray.Length];
        if (node.Op.OutputCount != specs.Length)
        {
            throw Wrong($"has {specs.Length} outputs, its op {node.Op.OutputCount}", node);
        }
        var view = node.Op is ViewOp op ? Infer(node, op, x) : null;
        if (view is null)
        {
            Infer(node, x, specs);
        }
        else
        {
            specs[0] = TensorSpec.Of(view);
        }
        for (var i = 0; i < specs.Length; i++)
        {
            var value = node.OutputArray[i];
            if (value.Spec != specs[i])
            {
                throw Wrong($"{value} should be {Text(specs[i])}", node);
            }
            if (value.Producer != node || value.Output != i
                || !_handles.TryAdd(value, view ?? Handle(value.Spec)))
            {
                throw Wrong($"{value} is computed by another node as well", node);
            }
        }
    }

    /// <summary>What stands for a value; null before it is computed. Strides are kept: whether a
    /// view of a view exists depends on them.</summary>
    private Tensor? Find(GraphValue value) =>
        _handles.GetValueOrDefault(value) ?? (value.Producer is null ? value.External : null);

    private Tensor Infer(GraphNode node, ViewOp op, Tensor[] x)
    {
        try
        {
            return x[0].Alias(op.View(x[0]));
        }
        catch (Exception e)
        {
            throw Wrong(e.Message, node, e);
        }
    }

    private void Infer(GraphNode node, Tensor[] x, TensorSpec[] y)
    {
        try
        {
            node.Op.InferAll(x, y);
        }
        catch (Exception e)
        {
            throw Wrong(e.Message, node, e);
        }
    }

    private static Tensor Handle(TensorSpec spec) =>
        new(Storage.Symbolic(spec.Shape.Count * spec.DType.Size, CpuDevice.Instance),
            Layout.Contiguous(spec.Shape), spec.DType);

    private InvalidOperationException Wrong(
        string what, GraphNode? node = null, Exception? inner = null)
    {
        var place = node is null ? "" : string.Join(", ", node.Outputs.Select(v =>
            $"{v}: {Text(v.Spec)}")) + $" = {node.Op.Name}({string.Join(", ",
            node.Inputs.Select(v => $"{v}: {Text(v.Spec)}"))}): ";
        return new InvalidOperationException($"the graph after {_stage} is wrong: {place}{what}; "
            + "this is a fault of the pass, NABLA_LOG=graph prints what it made", inner);
    }

    private static string Text(TensorSpec spec) => $"{spec.DType.Name} {spec.Shape}";
}
