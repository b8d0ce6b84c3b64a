using System.Diagnostics;
using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// A function of one tensor, compiled for one input shape with the tensors that it reads as
/// constants. Several threads may run it, each in memory of its own.
/// </summary>
internal sealed class InferenceGraph
{
    private readonly TensorSpec _input;
    private readonly (Tensor Tensor, Storage Storage, int Version)[] _constants;
    private readonly FreeList<Workspace> _free;
    private readonly bool _isStrict = Numerics.Strict;

    private InferenceGraph(TensorSpec input, Graph graph, (Tensor, Storage, int)[] constants,
        FreeList<Workspace> free)
    {
        _input = input;
        Graph = graph;
        _constants = constants;
        _free = free;
    }

    /// <summary>The graph that runs.</summary>
    public Graph Graph { get; }

    /// <summary>Bytes that a thread's run computes in, of whatever graph of the function.</summary>
    public long Bytes
    {
        get
        {
            var workspace = _free.TryTake() ?? new();
            _free.Put(workspace);
            return workspace.Bytes;
        }
    }

    /// <summary>When it last ran, as whoever keeps it counts.</summary>
    public long LastUse { get; set; }

    /// <summary>Traces a function and runs the passes for inference.</summary>
    /// <param name="function">What to compile.</param>
    /// <param name="example">A tensor of the input's shape and type.</param>
    /// <param name="state">Tensors that it may read, such as parameters, to watch.</param>
    /// <param name="others">Graphs of the same function, whose constants and memory it
    /// shares.</param>
    /// <exception cref="GraphBreakException">It reads a value, or traces differently a second time.
    /// </exception>
    /// <exception cref="InvalidOperationException">It changes tensors, draws random numbers, or
    /// reads a shape that is not known yet.</exception>
    public static InferenceGraph Compile(
        Func<Tensor, Tensor> function, Tensor example, IEnumerable<Tensor> state,
        params InferenceGraph[] others)
    {
        using var noGrad = GradMode.NoGrad();
        var graph = Capture.Trace(x => [function(x[0])], example);
        if (graph.Assigns.Count > 0 || graph.Draws.Length > 0)
        {
            throw new InvalidOperationException("Compile: in eval mode the model still "
                + (graph.Draws.Length > 0 ? "draws random numbers" : "changes its state")
                + ", so its weights are no constants; use CapturedStep instead");
        }
        var read = graph.Nodes.SelectMany(n => n.Inputs)
            .Select(v => v.External).OfType<Tensor>().Where(t => !t.IsWeak);
        (Tensor, Storage, int)[] constants =
            [.. state.Concat(read).Distinct().Select(t => (t, t.Storage, t.Storage.Version))];
        graph = Compiler.OptimizeForInference(graph);
        ConstantSharing.Share(graph, others.Select(other => other.Graph));
        return new InferenceGraph(TensorSpec.Of(example), graph, constants,
            others.Length > 0 ? others[0]._free : new());
    }

    /// <summary>Whether an input has the shape and type that it was compiled for, under the rules
    /// for numbers that hold now.</summary>
    public bool Fits(Tensor x) => x.DType == _input.DType && x.Shape == _input.Shape
        && _isStrict == Numerics.Strict;

    /// <summary>Whether a tensor that was compiled in holds other elements by now.</summary>
    public bool IsStale()
    {
        foreach (var (tensor, storage, version) in _constants)
        {
            if (tensor.Storage != storage || storage.Version != version)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Runs the graph and returns an output of its own.</summary>
    public Tensor Run(Tensor x)
    {
        var workspace = _free.TryTake() ?? new();
        var plan = workspace.Plan(Graph);
        plan.Run([x], null);
        var result = plan.Outputs[0];
        var y = Tensor.Empty(result.Shape, result.DType, result.Device);
        result.Device.Copy(result, y);
        _free.Put(workspace);
        return y;
    }

    /// <summary>The best times of each op in some runs.</summary>
    public OpTiming[] Profile(Tensor x, int runs)
    {
        var workspace = _free.TryTake() ?? new();
        var plan = workspace.Plan(Graph);
        plan.Run([x], null);
        var best = new TimeSpan[plan.Steps.Length];
        Array.Fill(best, TimeSpan.MaxValue);
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < best.Length; i++)
            {
                ref readonly var step = ref plan.Steps[i];
                var start = Stopwatch.GetTimestamp();
                step.Op.Forward(step.Inputs, step.Outputs);
                var time = Stopwatch.GetElapsedTime(start);
                best[i] = time < best[i] ? time : best[i];
            }
        }
        var timings = new OpTiming[best.Length];
        for (var i = 0; i < best.Length; i++)
        {
            var step = plan.Steps[i];
            timings[i] = new OpTiming(step.Op.Name, step.Outputs[0].Shape,
                best[i].TotalMilliseconds,
                (step.Op as ICountsWork)?.MultiplyAdds(step.Inputs, step.Outputs) ?? 0);
        }
        _free.Put(workspace);
        return timings;
    }
}
