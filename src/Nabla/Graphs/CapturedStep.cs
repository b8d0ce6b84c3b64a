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
/// train and eval mode, hooks, whether tensors require gradients, which tensors are a module's
/// parameters, and <see cref="Nabla.Kernels.Cpu.Numerics.Strict"/>. All plans compute in the same
/// memory, a thread's at a time. Several threads may call one step: replays that write state, or
/// draw random numbers, take turns.
/// </remarks>
public sealed class CapturedStep
{
    /// <summary>Plans kept by input shapes; beyond it, steps run eagerly.</summary>
    public const int MaxPlans = 16;

    private static readonly int s_checkEvery =
        int.TryParse(Environment.GetEnvironmentVariable("NABLA_CHECK"), out var n) ? n : 0;

    private readonly Func<Tensor[], Tensor[]> _function;
    private readonly HashSet<string> _reported = [];
    private readonly ThreadLocal<Session> _sessions;
    private readonly FreeList<Workspace> _free = new();
    private readonly Lock _gate = new();
    private readonly Turn _turn = new();

    /// <summary>Read without a lock: a change puts another array here.</summary>
    private CapturedEntry[] _entries = [];
    private long _uses;

    /// <summary>Wraps a function.</summary>
    /// <param name="function">The step: inputs to outputs; by convention the loss comes
    /// first.</param>
    public CapturedStep(Func<Tensor[], Tensor[]> function)
    {
        _function = function;
        _sessions = new(() => new Session(_free));
    }

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

    /// <summary>Bytes that this thread's replays compute in, whatever their shapes.</summary>
    internal long Bytes => _sessions.Value!.Bytes;

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
        entry.LastUse = ++_uses;
        var plan = session.Take(entry);
        session.WasCaptured = true;
        if (!entry.HasState)
        {
            session.WasCommitted = plan.Run(inputs, Check);
            return true;
        }
        _turn.Enter();
        try
        {
            session.WasCommitted = plan.Run(inputs, Check);
            foreach (var (state, draws) in graph.Draws)
            {
                TraceHooks.Replayed(state, draws);
            }
        }
        finally
        {
            _turn.Leave();
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
        if (!recheck && Known(epoch, inputs) is { } known)
        {
            return known;
        }
        var news = new News();
        try
        {
            lock (_gate)
            {
                // Another thread may have captured it meanwhile.
                if (!recheck && Known(epoch, inputs) is { } captured)
                {
                    return captured;
                }
                // A trace writes to what it meets, and undoes it: no replay may look meanwhile.
                _turn.Enter();
                try
                {
                    return Capture(inputs, epoch, news);
                }
                finally
                {
                    _turn.Leave();
                }
            }
        }
        finally
        {
            // Who listens may run the step.
            Tell(news);
        }
    }

    private CapturedEntry? Known(int epoch, ReadOnlySpan<Tensor> inputs)
    {
        foreach (var entry in Volatile.Read(ref _entries))
        {
            if (Holds(entry, epoch, inputs))
            {
                return entry;
            }
        }
        return null;
    }

    /// <summary>What could not be captured is tried again after any change of any module.
    /// </summary>
    private static bool Holds(CapturedEntry entry, int epoch, ReadOnlySpan<Tensor> inputs) =>
        entry.Fits(inputs)
        && (entry.Optimized is null ? entry.Epoch == epoch : entry.Changed() is null);

    private CapturedEntry? Capture(ReadOnlySpan<Tensor> inputs, int epoch, News news)
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
        if (!isKnown && _entries.Length >= MaxPlans)
        {
            news.Break = $"more than {MaxPlans} different input shapes; the others run eagerly";
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
            news.Break = e.Message;
            // Graphs of another mode stay valid for when it returns.
            Keep(new CapturedEntry(specs, epoch, null, null),
                entry => entry.Optimized is null && entry.Fits(arguments));
            return null;
        }
        string? difference = null;
        foreach (var entry in _entries)
        {
            if (entry.Fits(inputs) && entry.Traced is { } known && entry.HasNumerics)
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
            news.Break = $"a C# value frozen at capture has changed since: {difference}";
        }
        else if (isKnown)
        {
            news.Recapture = change;
        }
        // The passes rewrite in place, and the trace is kept to compare with: trace once more.
        var optimized = Compiler.Optimize(Graphs.Capture.Trace(_function, arguments));
        var fresh = new CapturedEntry(specs, epoch, traced, optimized);
        Keep(fresh, entry => difference is not null && entry == current);
        Captures++;
        return fresh;
    }

    /// <summary>Puts an entry in the place of others, or else of the one unused for longest.
    /// </summary>
    private void Keep(CapturedEntry fresh, Func<CapturedEntry, bool> replaces)
    {
        List<CapturedEntry> entries = [.. _entries.Where(entry => !replaces(entry))];
        if (entries.Count >= MaxPlans)
        {
            entries.Remove(entries.MinBy(entry => entry.LastUse)!);
        }
        fresh.LastUse = ++_uses;
        Volatile.Write(ref _entries, [.. entries, fresh]);
    }

    private void Tell(News news)
    {
        if (news.Break is { } reason)
        {
            Break(reason);
        }
        if (news.Recapture is { } change && IsNew(change))
        {
            OnRecapture?.Invoke(change);
        }
    }

    private bool IsNew(string message)
    {
        lock (_reported)
        {
            return _reported.Add(message);
        }
    }

    private void Break(string reason)
    {
        BreakReason = reason;
        if (IsNew(reason))
        {
            OnBreak?.Invoke(reason);
        }
    }

    /// <summary>What a capture found out, to be told when no lock is held.</summary>
    private sealed class News
    {
        public string? Break { get; set; }

        public string? Recapture { get; set; }
    }

    /// <summary>What a thread has rented, and how its last run went.</summary>
    private sealed class Session(FreeList<Workspace> free)
    {
        private Workspace? _workspace;

        public CapturedEntry? Entry { get; private set; }

        public ExecutionPlan? Plan { get; private set; }

        public bool WasCaptured { get; set; }

        public bool WasCommitted { get; set; } = true;

        public int Runs { get; set; }

        public long Bytes => _workspace?.Bytes ?? 0;

        public ExecutionPlan Take(CapturedEntry entry)
        {
            if (Plan is null || Entry != entry)
            {
                // Making a plan may fail, and moves the other ones' values.
                (Entry, Plan) = (entry, null);
                _workspace ??= free.TryTake() ?? new();
                Plan = _workspace.Plan(entry.Optimized!);
            }
            return Plan;
        }

        public void ReturnPlan()
        {
            if (_workspace is { } workspace)
            {
                (_workspace, Plan) = (null, null);
                free.Put(workspace);
            }
        }
    }
}
