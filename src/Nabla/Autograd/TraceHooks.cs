using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>
/// State of the floors above that a trace must not move, such as random generators: saved before
/// a trace, restored after it.
/// </summary>
internal static class TraceHooks
{
    private static readonly List<Func<Action>> Savers = [];

    /// <summary>Bumped whenever something that a captured graph froze may have changed.</summary>
    private static int s_epoch;

    /// <summary>A count of changes to frozen state: train or eval, hooks, frozen
    /// parameters.</summary>
    public static int Epoch => Volatile.Read(ref s_epoch);

    /// <summary>Notes a change that captured graphs must look at again.</summary>
    public static void Invalidate()
    {
        if (Tracer.Current is null)
        {
            Interlocked.Increment(ref s_epoch);
        }
    }

    /// <summary>Adds a function that saves some state and returns how to restore it.</summary>
    public static void Register(Func<Action> saver)
    {
        lock (Savers)
        {
            Savers.Add(saver);
        }
    }

    /// <summary>Called after a replay with each random state and the number of ops that drew
    /// from it.</summary>
    public static Action<Tensor, int>? OnReplayed { get; set; }

    /// <summary>Moves a random state past what a replay drew.</summary>
    public static void Replayed(Tensor state, int draws) => OnReplayed?.Invoke(state, draws);

    public static List<Action> Begin()
    {
        lock (Savers)
        {
            return Savers.ConvertAll(s => s());
        }
    }

    public static void End(List<Action> restorers) => restorers.ForEach(r => r());
}
