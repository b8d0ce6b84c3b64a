namespace Nabla.Kernels.Cpu;

/// <summary>Functions of float32 lanes.</summary>
internal static unsafe class VectorMathLog
{
    public static V Log<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, &Math.Log);

    public static V Log1p<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, &DoubleMath.Log1p);
}
