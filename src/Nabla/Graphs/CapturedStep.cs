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
/// frozen at capture (see <see cref="CheckEvery"/>). Guarded, so that a change is captured anew:
/// train and eval mode, hooks, whether tensors require gradients, and which tensors are a module's
/// parameters. Several threads may call one step: replays that write state, or draw random
/// numbers, take turns.
/// </remarks>
public sealed class CapturedStep
{
    /// <summary>Plans kept by input shapes; beyond it, steps run eagerly.</summary>
    public const int MaxPlans = 16;

    private static readonly int s_checkEvery =
        int.TryParse(Environment.GetEnvironmentVariable("NABLA_CHECK"), out var n) ? n : 0;

    private readonly Func<Tensor[], Tensor[]> _function;
    private readonly List<CapturedEntry> _entries = [];
    private readonly HashSet<string> _reported = [];
    private readonly ThreadLocal<Session> _sessions = new(() => new Session());
    private readonly Lock _gate = new();
    private readonly Lock _turn = new();

    /// <summary>Wraps a function.</summary>
    /// <param name="function">The step: inputs to outputs; by convention the loss comes
    /// first.</param>
    public CapturedStep(Func<Tensor[], Tensor[]> function) => _function = function;

    /// <summary>Called once for each reason why the step runs eagerly, or computed with a C# value
    /// that had changed.</summary>
    public event Action<string>? OnBreak;

    /// <summary>Called once for each reason why the step was captured again.</summary>
    public event Action<string>? OnRecapture;

    /// <summary>The last reason why the step ran eagerly, or null.</summary>
    public string? BreakReason { get; private set; }

    /// <summary>Runs before any state changes, with the first output; false keeps the old state.
    /// </summary>
    public Func<Tensor, bool>? Check { get; init; }

    /// <summary>After how many runs the function is traced again to see whether a C# value has
    /// changed since; 0: never. At first the environment's <c>NABLA_CHECK</c>.</summary>
    public int CheckEvery { get; init; } = s_checkEvery;

    /// <summary>How many graphs were compiled so far.</summary>
    public int Captures { get; private set; }

    /// <summary>Whether this thread's last run was a replay.</summary>
    public bool WasCaptured => _sessions.Value!.WasCaptured;

    /// <summary>Whether this thread's last run changed state; false when <see cref="Check"/>
    /// refused.</summary>
    public bool WasCommitted => _sessions.Value!.WasCommitted;

    /// <summary>The optimized graph of this thread's last replay, or null.</summary>
    public Graph? Graph => _sessions.Value!.Entry?.Optimized;

    /// <summary>The outputs of this thread's last <see cref="TryReplay"/>, overwritten by the next
    /// one.</summary>
    public ReadOnlySpan<Tensor> Outputs =>
        _sessions.Value!.Plan is { } plan ? plan.Outputs : default;

    /// <summary>Runs the step and returns outputs of its own.</summary>
    public Tensor[] Run(params Tensor[] inputs)
    {
        if (!TryReplay(inputs))
        {
            return _function(inputs);
        }
        var outputs = new Tensor[Outputs.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Tensor.Empty(Outputs[i].Shape, Outputs[i].DType, Outputs[i].Device);
            Outputs[i].Device.Copy(Outputs[i], outputs[i]);
        }
        _sessions.Value!.ReturnPlan();
        return outputs;
    }

    /// <summary>Replays the step without allocating; results are in
    /// <see cref="Outputs"/>.</summary>
    /// <returns>False when the step can't be captured: call <see cref="Run"/>.</returns>
    public bool TryReplay(params ReadOnlySpan<Tensor> inputs)
    {
        var session = _sessions.Value!;
        session.WasCaptured = false;
        session.WasCommitted = true;
        if (Tracer.Current is not null || AnyWantsGradient(inputs))
        {
            return false;
        }
        var entry = Find(session, inputs);
        if (entry?.Optimized is not { } graph)
        {
            return false;
        }
        var plan = session.Take(entry);
        session.WasCaptured = true;
        if (!entry.HasState)
        {
            session.WasCommitted = plan.Run(inputs, Check);
            return true;
        }
        lock (_turn)
        {
            session.WasCommitted = plan.Run(inputs, Check);
            foreach (var (state, draws) in graph.Draws)
            {
                TraceHooks.Replayed(state, draws);
            }
        }
        return true;
    }

    /// <summary>Gradients for the arguments themselves need the tape of an eager run.</summary>
    private bool AnyWantsGradient(ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
        {
            if (input.GradientState is not null && GradMode.IsEnabled && input.RequiresGrad)
            {
                Break("an argument requires a gradient; Detach() it, or set RequiresGrad inside "
                    + "the step");
                return true;
            }
        }
        return false;
    }

    private CapturedEntry? Find(Session session, ReadOnlySpan<Tensor> inputs)
    {
        var epoch = TraceHooks.Epoch;
        var recheck = CheckEvery > 0 && ++session.Runs % CheckEvery == 0;
        if (!recheck && session.Entry is { } last && Holds(last, epoch, inputs))
        {
            return last;
        }
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                if (!recheck && Holds(entry, epoch, inputs))
                {
                    return entry;
                }
            }
            // A trace writes to what it meets, and undoes it: no replay may look meanwhile.
            lock (_turn)
            {
                return Capture(inputs, epoch);
            }
        }
    }

    /// <summary>What could not be captured is tried again after any change of any module.
    /// </summary>
    private static bool Holds(CapturedEntry entry, int epoch, ReadOnlySpan<Tensor> inputs) =>
        entry.Fits(inputs)
        && (entry.Optimized is null ? entry.Epoch == epoch : entry.Changed() is null);

    private CapturedEntry? Capture(ReadOnlySpan<Tensor> inputs, int epoch)
    {
        string? change = null;
        CapturedEntry? current = null;
        var isKnown = false;
        foreach (var entry in _entries)
        {
            if (entry.Fits(inputs))
            {
                isKnown = true;
                change ??= entry.Changed();
                current = Holds(entry, epoch, inputs) ? entry : current;
            }
        }
        if (!isKnown && _entries.Count >= MaxPlans)
        {
            Break($"more than {MaxPlans} different input shapes; the others run eagerly");
            return null;
        }
        var arguments = inputs.ToArray();
        var specs = Array.ConvertAll(arguments, TensorSpec.Of);
        Graph traced;
        try
        {
            traced = Graphs.Capture.Trace(_function, arguments);
        }
        catch (GraphBreakException e)
        {
            Break(e.Message);
            // Graphs of another mode stay valid for when it returns.
            _entries.RemoveAll(entry => entry.Optimized is null && entry.Fits(arguments));
            var broken = new CapturedEntry(specs, epoch, null, null);
            _entries.Add(broken);
            return broken;
        }
        string? difference = null;
        foreach (var entry in _entries)
        {
            if (entry.Fits(inputs) && entry.Traced is { } known)
            {
                if (GraphComparer.Difference(known, traced) is not { } found)
                {
                    entry.Guards = traced.Guards;
                    return entry;
                }
                difference ??= entry == current ? found : null;
            }
        }
        if (difference is not null)
        {
            Break($"a C# value frozen at capture has changed since: {difference}");
            _entries.Remove(current!);
        }
        else if (isKnown && change is not null && _reported.Add(change))
        {
            OnRecapture?.Invoke(change);
        }
        if (_entries.Count >= MaxPlans)
        {
            _entries.RemoveAt(0);
        }
        // The passes rewrite in place, and the trace is kept to compare with: trace once more.
        var optimized = Compiler.Optimize(Graphs.Capture.Trace(_function, arguments));
        var fresh = new CapturedEntry(specs, epoch, traced, optimized);
        _entries.Add(fresh);
        Captures++;
        return fresh;
    }

    private void Break(string reason)
    {
        lock (_reported)
        {
            BreakReason = reason;
            if (!_reported.Add(reason))
            {
                return;
            }
        }
        OnBreak?.Invoke(reason);
    }

    /// <summary>What a thread has rented, and how its last run went.</summary>
    private sealed class Session
    {
        public CapturedEntry? Entry { get; private set; }

        public ExecutionPlan? Plan { get; private set; }

        public bool WasCaptured { get; set; }

        public bool WasCommitted { get; set; } = true;

        public int Runs { get; set; }

        public ExecutionPlan Take(CapturedEntry entry)
        {
            if (Entry != entry)
            {
                ReturnPlan();
                Entry = entry;
            }
            return Plan ??= entry.Rent();
        }

        public void ReturnPlan()
        {
            if (Plan is { } plan)
            {
                Plan = null;
                Entry!.Return(plan);
            }
        }
    }
}
