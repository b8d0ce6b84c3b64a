using System.Runtime.InteropServices;
using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>A module that computes an output from an input; several inputs are a tuple.</summary>
/// <typeparam name="TIn">What it takes.</typeparam>
/// <typeparam name="TOut">What it gives.</typeparam>
public abstract class Module<TIn, TOut> : Module
{
    private readonly Lock _preparing = new();
    private List<Func<TIn, TIn>>? _preHooks;
    private List<Func<TIn, TOut, TOut>>? _hooks;
    private volatile bool _isPrepared;
    private bool _isLayer;

    /// <summary>Runs the module: hooks before, <see cref="Forward"/>, hooks after.</summary>
    public TOut Call(TIn x)
    {
        if (_preHooks is { Count: > 0 } before)
        {
            foreach (var hook in before.ToArray())
            {
                x = hook(x);
            }
        }
        if (!_isPrepared)
        {
            PrepareOnce(x);
        }
        Tracer.Current?.Guard(this, Watch);
        var observer = ModuleObserver.Current;
        observer?.Entering(this, x);
        var y = Forward(x);
        observer?.Left(this, x, y);
        if (_hooks is { Count: > 0 } after)
        {
            foreach (var hook in after.ToArray())
            {
                y = hook(x, y);
            }
        }
        return y;
    }

    /// <summary>Calls a function with each input before the module computes; the module continues
    /// with what it returns.</summary>
    /// <returns>Removes the hook when disposed.</returns>
    public IDisposable RegisterForwardPreHook(Func<TIn, TIn> hook) =>
        new Hook<Func<TIn, TIn>>(_preHooks ??= [], hook);

    /// <summary>Calls a function with each input and output; what it returns is the output.
    /// </summary>
    /// <returns>Removes the hook when disposed.</returns>
    public IDisposable RegisterForwardHook(Func<TIn, TOut, TOut> hook) =>
        new Hook<Func<TIn, TOut, TOut>>(_hooks ??= [], hook);

    /// <summary>Whether nobody holds an input or output of a call because of this module: it is one
    /// of this library's layers, made of no others, and has no hooks.</summary>
    internal virtual bool KeepsNothing => _isLayer && !IsHooked;

    /// <summary>Whether somebody sees each call.</summary>
    private protected bool IsHooked =>
        _preHooks is { Count: > 0 } || _hooks is { Count: > 0 };

    internal override Func<string?> Watch()
    {
        var rest = base.Watch();
        Func<TIn, TIn>[] before = [.. _preHooks ?? []];
        Func<TIn, TOut, TOut>[] after = [.. _hooks ?? []];
        return () => Same(_preHooks, before) && Same(_hooks, after)
            ? rest()
            : $"{GetType().Name}: its hooks have changed";

        static bool Same<T>(List<T>? hooks, T[] known) where T : Delegate =>
            CollectionsMarshal.AsSpan(hooks).SequenceEqual(known, null);
    }

    /// <summary>What the module computes.</summary>
    protected abstract TOut Forward(TIn x);

    /// <summary>
    /// Runs once, before the first forward: where a layer gives its deferred parameters the shapes
    /// that the input decides. It may read shapes, not values.
    /// </summary>
    protected virtual void Prepare(TIn x)
    {
    }

    private void PrepareOnce(TIn x)
    {
        lock (_preparing)
        {
            if (_isPrepared)
            {
                return;
            }
            var isDeferred = ModuleFields.Of(this).Exists(
                member => member.Value is Parameter { IsDeferred: true });
            if (isDeferred && Tracer.Current is not null)
            {
                throw new GraphBreakException($"{GetType().Name} gets its parameters' shapes from "
                    + "its first input; call the network once before it is captured");
            }
            using (GradMode.NoGrad())
            {
                Prepare(x);
            }
            _isLayer = GetType().Assembly == typeof(Module).Assembly && !Children().Any();
            _isPrepared = true;
            if (isDeferred)
            {
                TraceHooks.Invalidate();
            }
        }
    }

    private sealed class Hook<T> : IDisposable where T : class
    {
        private readonly List<T> _list;
        private T? _hook;

        public Hook(List<T> list, T hook)
        {
            _list = list;
            _hook = hook;
            list.Add(hook);
            TraceHooks.Invalidate();
        }

        public void Dispose()
        {
            if (_hook is { } hook)
            {
                _list.Remove(hook);
                _hook = null;
                TraceHooks.Invalidate();
            }
        }
    }
}
