namespace Nabla.Kernels.Cpu;

/// <summary>Functions of float32 lanes.</summary>
internal static unsafe class VectorMathErf
{
    public static V Erf<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        Lanewise.Map(x, &DoubleMath.Erf);
}
