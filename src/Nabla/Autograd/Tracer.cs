using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>
/// Who records ops instead of running them: a capture in progress on this thread. Ops then return
/// handles without value.
/// </summary>
internal abstract class Tracer
{
    [ThreadStatic]
    private static Tracer? _current;

    /// <summary>The capture in progress, if any.</summary>
    public static Tracer? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Appends an op and returns handles on its outputs.</summary>
    public abstract Tensor[] Record(Op op, ReadOnlySpan<Tensor> x);

    /// <summary>Notes that a tensor's elements become those of another.</summary>
    public abstract void Write(Tensor target, Tensor value);

    /// <summary>A leaf's gradient was set: remembered, to be undone when the capture
    /// ends.</summary>
    public abstract void GradChanged(Tensor leaf, Tensor? before);

    /// <summary>Adds a guard on something that decides what is traced, once for each owner.
    /// </summary>
    /// <param name="owner">What is watched.</param>
    /// <param name="watch">Looks at it now; the result says later what has changed, or null.
    /// </param>
    public abstract void Guard(object owner, Func<Func<string?>> watch);
}
