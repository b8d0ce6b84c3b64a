using System.Diagnostics;
using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// A function of one tensor, compiled for one input shape with the tensors that it reads as
/// constants. Several threads may run it: each rents a plan of its own.
/// </summary>
internal sealed class InferenceGraph
{
    private readonly TensorSpec _input;
    private readonly (Tensor Tensor, Storage Storage, int Version)[] _constants;
    private readonly Stack<ExecutionPlan> _free = new();
    private readonly Lock _gate = new();

    private InferenceGraph(
        TensorSpec input, Graph graph, (Tensor, Storage, int)[] constants)
    {
        _input = input;
        Graph = graph;
        _constants = constants;
    }

    /// <summary>The graph that runs.</summary>
    public Graph Graph { get; }

    /// <summary>Traces a function and runs the passes for inference.</summary>
    /// <param name="function">What to compile.</param>
    /// <param name="example">A tensor of the input's shape and type.</param>
    /// <param name="state">Tensors that it may read, such as parameters, to watch.</param>
    /// <param name="others">Graphs of the same function, whose constants it shares.</param>
    /// <exception cref="GraphBreakException">It reads a value, or traces differently a second time.
    /// </exception>
    /// <exception cref="InvalidOperationException">It changes tensors, draws random numbers, or
    /// reads a shape that is not known yet.</exception>
    public static InferenceGraph Compile(
        Func<Tensor, Tensor> function, Tensor example, IEnumerable<Tensor> state,
        params IEnumerable<InferenceGraph> others)
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
        return new InferenceGraph(TensorSpec.Of(example), graph, constants);
    }

    /// <summary>Whether an input has the shape and type that it was compiled for.</summary>
    public bool Fits(Tensor x) => x.DType == _input.DType && x.Shape == _input.Shape;

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
        var plan = Rent();
        plan.Run([x], null);
        var result = plan.Outputs[0];
        var y = Tensor.Empty(result.Shape, result.DType, result.Device);
        result.Device.Copy(result, y);
        Return(plan);
        return y;
    }

    /// <summary>The best times of each op in some runs.</summary>
    public OpTiming[] Profile(Tensor x, int runs)
    {
        var plan = Rent();
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
        Return(plan);
        return timings;
    }

    private ExecutionPlan Rent()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var plan))
            {
                return plan;
            }
        }
        return Planner.Build(Graph);
    }

    private void Return(ExecutionPlan plan)
    {
        lock (_gate)
        {
            _free.Push(plan);
        }
    }
}
