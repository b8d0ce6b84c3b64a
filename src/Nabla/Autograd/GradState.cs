using Nabla.Tensors;

namespace Nabla.Autograd;

/// <summary>A tensor's place in automatic differentiation.</summary>
internal sealed class GradState
{
    private AccumulateNode? _accumulator;

    /// <summary>A leaf whose gradient is wanted.</summary>
    public bool RequiresGrad { get; set; }

    /// <summary>The accumulated gradient of a leaf (or of a tensor that retains it).</summary>
    public Tensor? Grad { get; set; }

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

    public static GradState? Of(Tensor x) => (GradState?)x.GradientState;

    public static GradState For(Tensor x) => (GradState)(x.GradientState ??= new GradState());
}
