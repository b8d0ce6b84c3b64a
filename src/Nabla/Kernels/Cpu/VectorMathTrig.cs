namespace Nabla.Kernels.Cpu;

/// <summary>Functions of float32 lanes.</summary>
internal static unsafe class VectorMathTrig
{
    public static V Sin<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, &Math.Sin);

    public static V Cos<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, &Math.Cos);

    public static V Atan2<V>(V x, V y) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, y, &Math.Atan2);
}
