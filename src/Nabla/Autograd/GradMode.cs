namespace Nabla.Autograd;

/// <summary>Whether the current thread records a tape.</summary>
public static class GradMode
{
    [ThreadStatic]
    private static bool _off;

    /// <summary>Whether ops are recorded.</summary>
    public static bool IsEnabled => !_off;

    /// <summary>Runs an action without recording.</summary>
    public static void NoGrad(Action action)
    {
        using (NoGrad())
        {
            action();
        }
    }

    /// <summary>Runs a function without recording.</summary>
    public static T NoGrad<T>(Func<T> function)
    {
        using (NoGrad())
        {
            return function();
        }
    }

    /// <summary>Stops recording until the scope is disposed.</summary>
    public static Scope NoGrad() => new(false);

    /// <summary>Records until the scope is disposed, even inside <see cref="NoGrad()"/>.</summary>
    public static Scope EnableGrad() => new(true);

    /// <summary>Restores the former mode when disposed.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly bool _wasOff;

        internal Scope(bool enabled)
        {
            _wasOff = _off;
            _off = !enabled;
        }

        /// <inheritdoc/>
        public void Dispose() => _off = _wasOff;
    }
}
