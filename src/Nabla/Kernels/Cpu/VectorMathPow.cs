namespace Nabla.Kernels.Cpu;

/// <summary>Functions of float32 lanes.</summary>
internal static unsafe class VectorMathPow
{
    public static V Pow<V>(V x, V y) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, y, &Math.Pow);

    public static V Remainder<V>(V x, V y) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, y, &DoubleMath.Remainder);
}
