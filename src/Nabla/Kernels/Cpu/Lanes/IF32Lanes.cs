namespace Nabla.Kernels.Cpu;

/// <summary>
/// What the vector math needs beyond <see cref="ILanes{V}"/>: float32 lanes seen as 32-bit
/// integers, and comparisons as masks (all bits set, or none).
/// </summary>
internal interface IF32Lanes<V> : ILanes<V> where V : unmanaged, IF32Lanes<V>
{
    /// <summary>All lanes set to a number.</summary>
    static abstract V Broadcast(float value);

    /// <summary>All lanes set to a bit pattern.</summary>
    static abstract V Bits(int pattern);

    static abstract V BitAnd(V a, V b);

    static abstract V BitOr(V a, V b);

    static abstract V BitXor(V a, V b);

    /// <summary>Sum of the lanes' bit patterns as integers.</summary>
    static abstract V BitAdd(V a, V b);

    static abstract V BitSubtract(V a, V b);

    static abstract V ShiftLeft(V a, int bits);

    /// <summary>Shift that repeats the sign bit.</summary>
    static abstract V ShiftRight(V a, int bits);

    /// <summary>The integer bit pattern of an integral float.</summary>
    static abstract V ToInt(V a);

    /// <summary>The float of an integer bit pattern.</summary>
    static abstract V FromInt(V a);

    static abstract V IsLess(V a, V b);

    static abstract V IsEqual(V a, V b);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract V Blend(V mask, V a, V b);

    /// <summary>True when any lane of the mask is set.</summary>
    static abstract bool Any(V mask);

    /// <summary>The smaller; b when either is NaN.</summary>
    static abstract V MinOrSecond(V a, V b);

    /// <summary>The larger; b when either is NaN.</summary>
    static abstract V MaxOrSecond(V a, V b);

    /// <summary>a · 2ᵏ rounded once, for integral k in −252 … 254 and a in ½ … 2.</summary>
    static abstract V Scale(V a, V k);
}
