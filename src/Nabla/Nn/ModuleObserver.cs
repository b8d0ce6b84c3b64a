namespace Nabla.Nn;

/// <summary>Sees every call of a module on this thread, e.g. to sum up a network.</summary>
internal abstract class ModuleObserver
{
    [ThreadStatic]
    private static ModuleObserver? _current;

    /// <summary>Who looks, if anyone.</summary>
    public static ModuleObserver? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>A module is about to compute.</summary>
    public abstract void Entering<TIn>(Module module, TIn x);

    /// <summary>A module has computed.</summary>
    public abstract void Left<TIn, TOut>(Module module, TIn x, TOut y);
}
