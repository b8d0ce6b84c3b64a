namespace Nabla.Graphs;

/// <summary>
/// Lets one thread at a time into what changes state. Alone, a thread enters by one exchange; who
/// meets another one steps back until it has left, as replays are longer than a wait is.
/// </summary>
internal sealed class Turn
{
    private int _owner;

    /// <summary>Waits until nobody else is inside.</summary>
    /// <exception cref="InvalidOperationException">This thread is inside already.</exception>
    public void Enter()
    {
        var me = Environment.CurrentManagedThreadId;
        var wait = default(SpinWait);
        while (Interlocked.CompareExchange(ref _owner, me, 0) is var owner and not 0)
        {
            if (owner == me)
            {
                throw new InvalidOperationException("a captured step is run from inside of itself, "
                    + "by its Check; call its function instead");
            }
            wait.SpinOnce();
        }
    }

    /// <summary>Lets the next one in.</summary>
    public void Leave() => Volatile.Write(ref _owner, 0);
}
