using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// A C# function that is captured as a static graph on its first call and replayed after that: one
/// plan for each combination of input shapes. Where it can't be captured it runs eagerly, and says
/// so once.
/// </summary>
/// <remarks>
/// What the function computes must depend on its inputs and on tensors only; other C# values are
/// frozen at capture. Train and eval mode, hooks and frozen parameters are watched.
/// </remarks>
public sealed class CapturedStep
{
    /// <summary>Plans kept by input shapes; beyond it, steps run eagerly.</summary>
    public const int MaxPlans = 16;

    private static readonly int CheckEvery =
        int.TryParse(Environment.GetEnvironmentVariable("NABLA_CHECK"), out var n) ? n : 0;

    private readonly Func<Tensor[], Tensor[]> _function;
    private readonly List<Entry> _entries = [];
    private readonly Lock _gate = new();
    private Entry? _last;
    private int _runs;

    /// <summary>Wraps a function.</summary>
    /// <param name="function">The step: inputs to outputs; by convention the loss comes
    /// first.</param>
    public CapturedStep(Func<Tensor[], Tensor[]> function) => _function = function;

    /// <summary>Called once for each reason why the step runs eagerly.</summary>
    public event Action<string>? OnBreak;

    /// <summary>Why the step runs eagerly, or null.</summary>
    public string? BreakReason { get; private set; }

    /// <summary>Runs before any state changes, with the first output; false keeps the old state.
    /// </summary>
    public Func<Tensor, bool>? Check { get; init; }

    /// <summary>Whether the last run was a replay.</summary>
    public bool WasCaptured { get; private set; }

    /// <summary>Whether the last run changed state; false when <see cref="Check"/>
    /// refused.</summary>
    public bool WasCommitted { get; private set; } = true;

    /// <summary>The optimized graph of the last plan that ran, or null.</summary>
    public Graph? Graph => _last?.Optimized;

    /// <summary>The outputs of the last replay, overwritten by the next one.</summary>
    public ReadOnlySpan<Tensor> Outputs => _last is { Plan: { } plan } ? plan.Outputs : default;

    /// <summary>Runs the step and returns outputs of its own.</summary>
    public Tensor[] Run(params Tensor[] inputs)
    {
        if (!TryReplay(inputs))
        {
            WasCaptured = false;
            WasCommitted = true;
            return _function(inputs);
        }
        var outputs = new Tensor[Outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Tensor.Empty(Outputs[i].Shape, Outputs[i].DType, Outputs[i].Device);
            Outputs[i].Device.Copy(Outputs[i], outputs[i]);
        }
        return outputs;
    }

    /// <summary>Replays the step without allocating; results are in
    /// <see cref="Outputs"/>.</summary>
    /// <returns>False when the step can't be captured: call <see cref="Run"/>.</returns>
    public bool TryReplay(ReadOnlySpan<Tensor> inputs)
    {
        var entry = Find(inputs);
        if (entry?.Plan is not { } plan)
        {
            return false;
        }
        WasCaptured = true;
        WasCommitted = plan.Run(inputs, Check);
        foreach (var (state, draws) in entry.Optimized!.Draws)
        {
            TraceHooks.Replayed(state, draws);
        }
        return true;
    }

    private Entry? Find(ReadOnlySpan<Tensor> inputs)
    {
        var epoch = TraceHooks.Epoch;
        var recheck = CheckEvery > 0 && ++_runs % CheckEvery == 0;
        if (_last is { } last && last.Epoch == epoch && last.Fits(inputs) && !recheck)
        {
            return last;
        }
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                if (entry.Epoch == epoch && entry.Fits(inputs) && !recheck)
                {
                    return _last = entry;
                }
            }
            return _last = Capture(inputs, epoch, recheck);
        }
    }

    private Entry? Capture(ReadOnlySpan<Tensor> inputs, int epoch, bool recheck)
    {
        var specs = new TensorSpec[inputs.Length];
        for (var i = 0; i < specs.Length; i++)
        {
            specs[i] = TensorSpec.Of(inputs[i]);
        }
        Graph traced;
        try
        {
            traced = Graphs.Capture.Trace(_function, inputs.ToArray());
        }
        catch (GraphBreakException e)
        {
            Report(e.Message);
            var broken = new Entry(specs, epoch, null, null, null);
            _entries.Add(broken);
            return broken;
        }
        foreach (var entry in _entries)
        {
            if (entry.Fits(inputs) && entry.Traced is { } known)
            {
                var difference = GraphComparer.Difference(known, traced);
                if (difference is null)
                {
                    entry.Epoch = epoch;
                    return entry;
                }
                if (recheck && entry.Epoch == epoch)
                {
                    Report($"a C# value frozen at capture has changed since: {difference}");
                }
            }
        }
        if (_entries.Count(e => e.Plan is not null) >= MaxPlans)
        {
            Report($"more than {MaxPlans} different input shapes; the others run eagerly");
            return null;
        }
        // The passes rewrite in place, and the trace is kept to compare with: trace once more.
        var optimized = Compiler.Optimize(Graphs.Capture.Trace(_function, inputs.ToArray()));
        var fresh = new Entry(specs, epoch, traced, optimized, Planner.Build(optimized));
        _entries.Add(fresh);
        return fresh;
    }

    private void Report(string reason)
    {
        if (BreakReason != reason)
        {
            BreakReason = reason;
            OnBreak?.Invoke(reason);
        }
    }

    private sealed class Entry(
        TensorSpec[] specs, int epoch, Graph? traced, Graph? optimized, ExecutionPlan? plan)
    {
        public int Epoch { get; set; } = epoch;

        public Graph? Traced { get; } = traced;

        public Graph? Optimized { get; } = optimized;

        public ExecutionPlan? Plan { get; } = plan;

        public bool Fits(ReadOnlySpan<Tensor> inputs)
        {
            if (inputs.Length != specs.Length)
            {
                return false;
            }
            for (var i = 0; i < specs.Length; i++)
            {
                if (inputs[i].DType != specs[i].DType || inputs[i].Shape != specs[i].Shape)
                {
                    return false;
                }
            }
            return true;
        }
    }
}
