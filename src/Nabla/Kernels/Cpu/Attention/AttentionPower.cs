using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Powers of 2: with log₂ e in the scores' scale they are powers of e, and a third cheaper.
/// </summary>
internal static class AttentionPower<V> where V : unmanaged, ILanes<V>
{
    public const double Log2E = 1.4426950408889634;
    public const double Log2 = 0.6931471805599453;

    /// <summary>Below, 2ᵗ rounds to 0 in float32.</summary>
    private const double Lowest = -151;

    /// <summary>2ᵗ for t ≤ 127, within 1 ulp; 0 for −∞.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Of(V t)
    {
        if (typeof(V) == typeof(F32x16))
        {
            return Unsafe.BitCast<F32x16, V>(Float(Unsafe.BitCast<V, F32x16>(t)));
        }
        if (typeof(V) == typeof(F32x8))
        {
            return Unsafe.BitCast<F32x8, V>(Float(Unsafe.BitCast<V, F32x8>(t)));
        }
        if (typeof(V) == typeof(F32x4))
        {
            return Unsafe.BitCast<F32x4, V>(Float(Unsafe.BitCast<V, F32x4>(t)));
        }
        return V.Exp(t * V.Const(Log2));
    }

    /// <summary>t = k + r with |r| ≤ ½; the polynomial is that of <see cref="VectorMathExp"/> at
    /// r·log 2.</summary>
    [MethodImpl(AggressiveInlining)]
    private static W Float<W>(W t) where W : unmanaged, IF32Lanes<W>
    {
        t = W.MaxOrSecond(W.Const(Lowest), t);
        var k = W.Round(t);
        return W.Scale(
            VectorPoly.Of(t - k, 1, Log2, 0.24022647813191986, 0.055503618896566714,
                0.009618527536703135, 0.001339027511338275, 0.0001532099270761728),
            k);
    }
}
