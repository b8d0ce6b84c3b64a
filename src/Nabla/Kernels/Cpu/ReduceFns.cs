using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Σ x; 0 for nothing. Over booleans: any.</summary>
public readonly struct SumFn : IReduceFn
{
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static V Identity<V>() where V : unmanaged, ILanes<V> => V.Const(0);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, ILanes<V> => a + b;
}

/// <summary>Π x; 1 for nothing. Over booleans: all.</summary>
public readonly struct ProdFn : IReduceFn
{
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static V Identity<V>() where V : unmanaged, ILanes<V> => V.Const(1);

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, ILanes<V> => a * b;
}

/// <summary>The largest; NaN when any is NaN, −∞ (or the least integer) for nothing.</summary>
public readonly struct MaxFn : IReduceFn
{
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static V Identity<V>() where V : unmanaged, ILanes<V> => V.Lowest;

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, ILanes<V> => V.Max(a, b);
}

/// <summary>The smallest; NaN when any is NaN, +∞ (or the greatest integer) for nothing.</summary>
public readonly struct MinFn : IReduceFn
{
    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static V Identity<V>() where V : unmanaged, ILanes<V> => V.Highest;

    /// <inheritdoc/>
    [MethodImpl(AggressiveInlining)]
    public static V Combine<V>(V a, V b) where V : unmanaged, ILanes<V> => V.Min(a, b);
}
