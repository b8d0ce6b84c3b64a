namespace Nabla.Kernels.Cpu;

/// <summary>32-bit unsigned numbers side by side: what a counter-based generator needs.</summary>
internal unsafe interface IU32Lanes<V> where V : unmanaged, IU32Lanes<V>
{
    static abstract int Count { get; }

    /// <summary>first, first + 1, …, modulo 2³².</summary>
    static abstract V Consecutive(uint first);

    static abstract V Const(uint value);

    static abstract V Xor(V a, V b);

    /// <summary>The full 64-bit products, as their upper and lower halves.</summary>
    static abstract V Multiply(V a, uint factor, out V low);

    static abstract void Store(V value, uint* destination);
}
