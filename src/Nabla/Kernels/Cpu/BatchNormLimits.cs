using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>An activation behind a normalization, as a type: loops are compiled for it.</summary>
internal interface IBatchNormLimit
{
    /// <summary>What becomes of an output.</summary>
    static abstract V Limit<V>(V y, V upper) where V : unmanaged, ILanes<V>;

    /// <summary>Its gradient: g where an output passed, else 0.</summary>
    static abstract V Pass<V>(V g, V y, V upper) where V : unmanaged, ILanes<V>;
}

/// <summary>No activation.</summary>
internal readonly struct BatchNormOpen : IBatchNormLimit
{
    [MethodImpl(AggressiveInlining)]
    public static V Limit<V>(V y, V upper) where V : unmanaged, ILanes<V> => y;

    [MethodImpl(AggressiveInlining)]
    public static V Pass<V>(V g, V y, V upper) where V : unmanaged, ILanes<V> => g;
}

/// <summary>max(y, 0): NaN stays NaN, and lets no gradient pass.</summary>
internal readonly struct BatchNormRelu : IBatchNormLimit
{
    [MethodImpl(AggressiveInlining)]
    public static V Limit<V>(V y, V upper) where V : unmanaged, ILanes<V> =>
        V.Max(y, V.Const(0));

    [MethodImpl(AggressiveInlining)]
    public static V Pass<V>(V g, V y, V upper) where V : unmanaged, ILanes<V> =>
        V.Select(V.Less(V.Const(0), y), g, V.Const(0));
}

/// <summary>min(max(y, 0), upper): NaN stays NaN, and lets no gradient pass.</summary>
internal readonly struct BatchNormClamp : IBatchNormLimit
{
    [MethodImpl(AggressiveInlining)]
    public static V Limit<V>(V y, V upper) where V : unmanaged, ILanes<V> =>
        V.Min(V.Max(y, V.Const(0)), upper);

    [MethodImpl(AggressiveInlining)]
    public static V Pass<V>(V g, V y, V upper) where V : unmanaged, ILanes<V> =>
        V.Select(V.Less(V.Const(0), y), V.Select(V.Less(y, upper), g, V.Const(0)), V.Const(0));
}
