using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>Turns a C# function into a graph by running it on tensors without value.</summary>
public static class Capture
{
    // A trace marks the storages it sees, so one runs at a time.
    private static readonly Lock Gate = new();

    /// <summary>Whether a capture is in progress on this thread.</summary>
    public static bool IsActive => Tracer.Current is not null;

    /// <summary>Traces a function for inputs of given shapes. No kernel runs, no random state
    /// moves, nothing is changed.</summary>
    /// <exception cref="GraphBreakException">The function reads a value, or traces differently the
    /// second time.</exception>
    public static Graph Trace(Func<Tensor[], Tensor[]> function, params Tensor[] inputs)
    {
        var specs = Array.ConvertAll(inputs, TensorSpec.Of);
        var device = inputs.Length > 0 ? inputs[0].Device : CpuDevice.Instance;
        lock (Gate)
        {
            var first = TraceOnce(function, specs, device);
            var second = TraceOnce(function, specs, device);
            if (GraphComparer.Difference(first, second) is { } difference)
            {
                throw new GraphBreakException("two traces of the step differ, so C# state or "
                    + $"chance decides what it computes: {difference}");
            }
            return second;
        }
    }

    /// <summary>Runs a function for real while a capture is in progress: for state that must exist
    /// before the step.</summary>
    public static T Outside<T>(Func<T> function)
    {
        var tracer = Tracer.Current;
        Tracer.Current = null;
        try
        {
            return function();
        }
        finally
        {
            Tracer.Current = tracer;
        }
    }

    private static Graph TraceOnce(
        Func<Tensor[], Tensor[]> function, TensorSpec[] specs, IDevice device)
    {
        if (Tracer.Current is not null)
        {
            throw new InvalidOperationException(
                "a capture is already in progress on this thread; call the function directly");
        }
        var tracer = new GraphTracer();
        var inputs = new GraphValue[specs.Length];
        var handles = new Tensor[specs.Length];
        for (var i = 0; i < specs.Length; i++)
        {
            inputs[i] = tracer.AddInput(specs[i], device, out handles[i]);
        }
        var random = TraceHooks.Begin();
        Tracer.Current = tracer;
        var finished = false;
        try
        {
            var results = function(handles);
            var outputs = Array.ConvertAll(results, tracer.ValueOf);
            var assigns = tracer.Finish();
            finished = true;
            return new Graph(inputs, [.. tracer.Nodes], outputs, assigns)
            {
                Guards = tracer.Guards,
                Draws = [.. tracer.Nodes
                    .Where(n => n.Op.Effects == Effects.Random)
                    .Select(n => n.InputArray[0].External)
                    .OfType<Tensor>()
                    .GroupBy(state => state.Storage)
                    .Select(same => (same.First(), same.Count()))],
            };
        }
        finally
        {
            if (!finished)
            {
                tracer.Abandon();
            }
            Tracer.Current = null;
            TraceHooks.End(random);
        }
    }
}
