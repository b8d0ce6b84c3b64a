namespace Nabla.Kernels;

/// <summary>
/// An associative, commutative fold: a struct whose <c>Combine</c> the reduction drivers inline.
/// The drivers choose the order, by sizes only, so a sum's rounding error grows like a tree's.
/// </summary>
public interface IReduceFn
{
    /// <summary>The value that changes nothing: 0 for a sum, −∞ for a maximum.</summary>
    static abstract V Identity<V>() where V : unmanaged, ILanes<V>;

    /// <summary>Folds two values, lane by lane.</summary>
    static abstract V Combine<V>(V a, V b) where V : unmanaged, ILanes<V>;
}
