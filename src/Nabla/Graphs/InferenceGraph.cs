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
    private readonly bool _isStrict = Numerics.Strict;
    private (Tensor Tensor, Storage Storage, int Version)[] _watched;
    private FreeList<Workspace> _free = new();

    private InferenceGraph(
        TensorSpec input, Graph graph, (Tensor, Storage, int)[] watched)
    {
        Input = input;
        Graph = graph;
        _watched = watched;
    }

    /// <summary>Shape and type of the input.</summary>
    public TensorSpec Input { get; }

    /// <summary>The graph that runs.</summary>
    public Graph Graph { get; private set; }

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
        params InferenceGraph[] others) =>
        Trace(function, example, state).Optimize(others);

    /// <summary>Traces a function: the first half of compiling it, in which all that the function
    /// may be to blame for goes wrong.</summary>
    /// <param name="function">What to compile.</param>
    /// <param name="example">A tensor of the input's shape and type.</param>
    /// <param name="state">Tensors that it may read, such as parameters.</param>
    /// <param name="owns">Whether the state will be discarded before <see cref="Optimize"/>, so
    /// that the graph alone holds what it reads of it; it then watches what it reads after the
    /// passes and what is no state.</param>
    public static InferenceGraph Trace(Func<Tensor, Tensor> function, Tensor example,
        IEnumerable<Tensor> state, bool owns = false)
    {
        using var noGrad = GradMode.NoGrad();
        var graph = Capture.Trace(x => [function(x[0])], example);
        if (graph.Assigns.Count > 0 || graph.Draws.Length > 0)
        {
            throw new InvalidOperationException("Compile: in eval mode the model still "
                + (graph.Draws.Length > 0 ? "draws random numbers" : "changes its state")
                + ", so its weights are no constants; use CapturedStep instead");
        }
        var input = TensorSpec.Of(example);
        if (!owns)
        {
            return new(input, graph, [.. Watched(state.Concat(Read(graph)))]);
        }
        // By number: a reference would keep the memory.
        var discarded = state.Select(tensor => tensor.Storage.Id).ToHashSet();
        return new(input, graph.Owning(), [.. Watched(Read(graph)
            .Where(tensor => !discarded.Contains(tensor.Storage.Id))
            .Select(tensor => tensor.Alias()))]);
    }

    /// <summary>Runs the passes for inference on what was traced: the second half.</summary>
    /// <param name="others">Graphs of the same function, whose constants and memory it
    /// shares.</param>
    /// <returns>This graph, which can run from here on.</returns>
    public InferenceGraph Optimize(params InferenceGraph[] others)
    {
        using var noGrad = GradMode.NoGrad();
        var owns = Graph.Discarding is not null;
        Graph = Compiler.OptimizeForInference(Graph);
        ConstantSharing.Share(Graph, others.Select(other => other.Graph));
        if (owns)
        {
            _watched = [.. _watched, .. Watched(Read(Graph))];
        }
        _free = others.Length > 0 ? others[0]._free : _free;
        return this;
    }

    /// <summary>Whether an input has the shape and type that it was compiled for, under the rules
    /// for numbers that hold now.</summary>
    public bool Fits(Tensor x) => x.DType == Input.DType && x.Shape == Input.Shape
        && _isStrict == Numerics.Strict;

    /// <summary>Whether a tensor that was compiled in holds other elements by now.</summary>
    public bool IsStale()
    {
        foreach (var (tensor, storage, version) in _watched)
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

    private static IEnumerable<Tensor> Read(Graph graph) =>
        graph.Nodes.SelectMany(n => n.Inputs).Concat(graph.Results)
            .Select(v => v.External).OfType<Tensor>().Where(t => !t.IsWeak);

    private static IEnumerable<(Tensor, Storage, int)> Watched(IEnumerable<Tensor> tensors) =>
        tensors.Distinct().Select(t => (t, t.Storage, t.Storage.Version));
}
