using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>The normal distribution in float32 lanes.</summary>
internal static class VectorMathNormal
{
    /// <summary>
    /// Φ(a) = (1 + erf(a / √2)) / 2 within 2.5 ulp for positive numbers, 4 from −1 and 7 in the
    /// lower tail, and e^(−a²/2) within 1.5: Φ(−x) = e^(−x²/2) · (1 − s) N(s),
    /// s = 0.345 x / (1 + 0.345 x).
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    public static V Cdf<V>(V a, out V bell) where V : unmanaged, IF32Lanes<V>
    {
        // From 15 on, the tail rounds to 0.
        var x = V.MinOrSecond(V.Const(15), V.Abs(a));
        var square = x * x;
        // e^(−x²/2) is no better than x²: what its rounding has lost is put back.
        var lost = V.Fma(x, x, -square);
        bell = VectorMathExp.ExpBelow(V.Const(-0.5) * square);
        bell = V.Fma(V.Const(-0.5) * lost, bell, bell);

        var one = V.Const(1);
        var steep = x * V.Const(0.345);
        var t = one / (one + steep);
        var s = steep * t;
        var ratio = t * VectorPoly.Of(s, 0.5, -0.656353772, 0.287645668, 0.0944529697,
            -0.0703802332, -0.0233336389, -0.0467064641, 0.0802298337, -0.0279335137);
        var tail = ratio * bell;
        return V.Blend(V.IsLess(a, V.Const(0)), tail, one - tail);
    }
}
