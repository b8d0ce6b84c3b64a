using System.Collections.Concurrent;
using System.Text;
using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>
/// An operation: an immutable record of attributes with value equality. The same object runs
/// eagerly, is recorded on the tape, and is a node of a captured graph.
/// </summary>
/// <remarks>
/// An op is pure: it never writes to its inputs. Its gradient is written with tensors, so that
/// gradients of gradients and capture come free. Broadcasting is undone by the tape: a gradient
/// may have the broadcast shape.
/// </remarks>
public abstract record Op
{
    // Made once: a replay asks too, and must not allocate.
    private static readonly ConcurrentDictionary<Type, string> s_names = new();

    /// <summary>The op's name in messages and graphs.</summary>
    public virtual string Name => s_names.GetOrAdd(GetType(), static type =>
        type.Name is { Length: > 2 } name && name.EndsWith("Op") ? name[..^2] : type.Name);

    /// <summary>The number of outputs.</summary>
    public virtual int OutputCount => 1;

    /// <summary>What the op does beyond its outputs.</summary>
    public virtual Effects Effects => Effects.None;

    /// <summary>Whether a gradient can flow through.</summary>
    public virtual bool IsDifferentiable => true;

    /// <summary>What <see cref="Backward"/> needs to see again.</summary>
    public virtual Saves Saves => Saves.None;

    /// <summary>Whether an input may be any strided view; else it arrives contiguous.</summary>
    public virtual bool AcceptsStrides(int input) => false;

    /// <summary>Whether a number of an output depends on the numbers at its place in inputs of the
    /// output's shape, and on whole inputs of other shapes: then an output may take the memory of
    /// an input of its shape.</summary>
    public virtual bool IsPointwise => false;

    /// <summary>Whether an output may take the memory of an input of its shape that nobody reads
    /// again: each number of the input is read before the one at its place is written.</summary>
    public virtual bool MayOverwrite(int output, int input) => IsPointwise;

    /// <summary>Output shapes and types, or an exception that says what is wrong.</summary>
    public virtual void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y) => y[0] = Infer(x);

    /// <summary>Computes the outputs, which are allocated and contiguous; in a graph the rows of
    /// some products lie further apart.</summary>
    public abstract void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y);

    /// <summary>
    /// The gradient for each input, given those of the outputs; null where none flows.
    /// </summary>
    public virtual Tensor?[] Backward(Backprop b) =>
        throw new NotSupportedException($"{Name} has no gradient");

    /// <summary>Shape and type of the only output, or an exception that says what is
    /// wrong.</summary>
    protected abstract TensorSpec Infer(ReadOnlySpan<Tensor> x);

    /// <summary>An op prints its attributes only.</summary>
    protected virtual bool PrintMembers(StringBuilder builder) => false;

    /// <summary>Runs the op: eagerly, or into the capture in progress.</summary>
    public Tensor Apply(params ReadOnlySpan<Tensor> x) => Dispatcher.Run(this, x);

    /// <summary>Runs an op of several outputs.</summary>
    public Tensor[] ApplyAll(params ReadOnlySpan<Tensor> x) => Dispatcher.RunAll(this, x);
}

/// <summary>An op whose output is another view of its input's storage: nothing is
/// computed.</summary>
public abstract record ViewOp : Op
{
    /// <summary>How the output lies in the input's storage.</summary>
    public abstract Layout View(Tensor x);

    /// <inheritdoc/>
    public sealed override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    protected sealed override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(View(x[0]).Shape, x[0].DType);

    /// <inheritdoc/>
    public sealed override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Copy(x[0].Alias(View(x[0])), y[0]);
}
