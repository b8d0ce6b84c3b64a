namespace Nabla.Kernels.Cpu;

/// <summary>Functions of float32 lanes.</summary>
internal static unsafe class VectorMathExp
{
    public static V Exp<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, &Math.Exp);

    public static V Expm1<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, &DoubleMath.Expm1);

    public static V Tanh<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, &Math.Tanh);

    public static V Sigmoid<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, &DoubleMath.Sigmoid);
}
