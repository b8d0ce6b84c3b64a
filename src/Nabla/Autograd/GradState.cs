using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>A tensor's place in automatic differentiation.</summary>
internal sealed class GradState
{
    private AccumulateNode? _accumulator;

    /// <summary>The thread whose backward pass made <see cref="Grad"/>, as long as nobody else can
    /// hold its memory; else 0.</summary>
    private int _owner;

    /// <summary>A leaf whose gradient is wanted.</summary>
    public bool RequiresGrad { get; set; }

    /// <summary>The accumulated gradient of a leaf (or of a tensor that retains it).</summary>
    public Tensor? Grad
    {
        get;
        set
        {
            field = value;
            _owner = 0;
        }
    }

    /// <summary>What computed the tensor; null for a leaf.</summary>
    public GradNode? Node { get; set; }

    /// <summary>Which of the node's outputs it is.</summary>
    public int Output { get; set; }

    /// <summary>Where a leaf's gradients arrive: one place, whatever threads record.</summary>
    public AccumulateNode AccumulatorOf(Tensor leaf) => _accumulator
        ?? Interlocked.CompareExchange(ref _accumulator, new AccumulateNode(leaf), null)
        ?? _accumulator;

    /// <summary>Called with each gradient that arrives; may replace it.</summary>
    public List<Func<Tensor, Tensor?>>? Hooks { get; set; }

    /// <summary>Whether a non-leaf keeps its gradient.</summary>
    public bool RetainsGrad { get; set; }

    /// <summary>The tensor that this one is a view of, and how, for in-place writes.</summary>
    public Tensor? Base { get; set; }

    /// <summary>The base's <see cref="Rebinds"/> when this view's node was made.</summary>
    public int BaseRebinds { get; set; }

    /// <summary>How often an in-place write gave this tensor a new node.</summary>
    public int Rebinds { get; set; }

    /// <summary>The gradient for a caller that may keep it, so its memory is never recycled.
    /// </summary>
    public Tensor? ShowGrad()
    {
        lock (this)
        {
            _owner = 0;
            return Grad;
        }
    }

    /// <summary>The gradient for a reader that does not keep it.</summary>
    public Tensor? PeekGrad()
    {
        lock (this)
        {
            // A graph may read it whenever it is replayed, and another thread at any time.
            if (Tracer.Current is not null || _owner != Environment.CurrentManagedThreadId)
            {
                _owner = 0;
            }
            return Grad;
        }
    }

    /// <summary>Puts another gradient, or none, in the place of this one, whose memory is recycled
    /// at once where nobody can hold it.</summary>
    /// <param name="leaf">The tensor whose state this is.</param>
    /// <param name="value">The new gradient.</param>
    /// <param name="isOwn">Whether nobody else holds the new one's memory.</param>
    public void ReplaceGrad(Tensor leaf, Tensor? value, bool isOwn = false)
    {
        var thread = Environment.CurrentManagedThreadId;
        lock (this)
        {
            if (Tracer.Current is { } tracer)
            {
                // A capture takes back what it did.
                tracer.GradChanged(leaf, Grad);
                Grad = value;
                return;
            }
            if (Grad is { } before && _owner == thread)
            {
                before.Storage.Release("ZeroGrad, or what else took a gradient's place");
            }
            Grad = value;
            _owner = value is not null && isOwn ? thread : 0;
        }
    }

    public static GradState? Of(Tensor x) => (GradState?)x.GradientState;

    public static GradState For(Tensor x) => (GradState)(x.GradientState ??= new GradState());
}
