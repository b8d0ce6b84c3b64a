using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>A graph captured for some input shapes, and what must still hold for it to be replayed.
/// </summary>
internal sealed class CapturedEntry
{
    private readonly TensorSpec[] _specs;
    private readonly bool _isStrict = Numerics.Strict;

    public CapturedEntry(TensorSpec[] specs, int epoch, Graph? traced, Graph? optimized)
    {
        (_specs, Epoch, Traced, Optimized) = (specs, epoch, traced, optimized);
        Guards = traced?.Guards ?? [];
    }

    /// <summary>The count of changes to modules when it was made.</summary>
    public int Epoch { get; }

    /// <summary>The graph as captured; null where it could not be.</summary>
    public Graph? Traced { get; }

    /// <summary>The graph that runs.</summary>
    public Graph? Optimized { get; }

    /// <summary>What must hold; each says what changed, or null.</summary>
    public Func<string?>[] Guards { get; set; }

    /// <summary>When it was last replayed, as a count of replays.</summary>
    public long LastUse { get; set; }

    /// <summary>Whether two replays at once would disturb each other.</summary>
    public bool HasState => Optimized is { } graph && (graph.Assigns.Count > 0
        || graph.Draws.Length > 0);

    /// <summary>Whether it was compiled under the rules for numbers that hold now: passes leave out
    /// what <see cref="Numerics.Strict"/> forbids.</summary>
    public bool HasNumerics => _isStrict == Numerics.Strict;

    /// <summary>Whether the inputs have the shapes and types that it was captured for.</summary>
    public bool Fits(ReadOnlySpan<Tensor> inputs)
    {
        if (inputs.Length != _specs.Length)
        {
            return false;
        }
        for (var i = 0; i < _specs.Length; i++)
        {
            if (inputs[i].DType != _specs[i].DType || inputs[i].Shape != _specs[i].Shape)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The first guard that no longer holds, or null.</summary>
    public string? Changed()
    {
        if (!HasNumerics)
        {
            return "Numerics.Strict has changed";
        }
        foreach (var guard in Guards)
        {
            if (guard() is { } change)
            {
                return change;
            }
        }
        return null;
    }
}
