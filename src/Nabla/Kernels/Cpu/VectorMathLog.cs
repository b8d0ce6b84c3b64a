using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Logarithms in float32 lanes: x = 2ᵉ·(1 + f) with f in −⅓ … ⅓, log(1 + f) a polynomial.
/// </summary>
internal static class VectorMathLog
{
    private const double Log2High = 0.693147182464599609375;
    private const double Log2Low = -1.904654299957768e-9;
    private const int TwoThirds = 0x3F2AAAAB;
    private const int One = 0x3F800000;

    /// <summary>log a within 1 ulp; −∞ at 0, NaN below.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Log<V>(V a) where V : unmanaged, IF32Lanes<V>
    {
        var m = Split(a, out var e);
        return Special(a, a, Core(m - V.Const(1), e));
    }

    /// <summary>log(1 + a) within 2 ulp; −∞ at −1, NaN below.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Log1p<V>(V a) where V : unmanaged, IF32Lanes<V>
    {
        // 1 + a = u + c exactly; c joins f, so that f is a itself where no power is taken out.
        var one = V.Const(1);
        var u = one + a;
        var part = u - one;
        var c = (one - (u - part)) + (a - part);
        var exponent = Exponent(u);
        var shift = V.ShiftLeft(exponent, 23);
        var m = V.BitSubtract(u, shift);
        // Beyond 2¹²⁷ the reciprocal power wraps to −∞; c is long since negligible.
        var reciprocal = V.MaxOrSecond(V.BitSubtract(V.Bits(One), shift), V.Const(0));
        var f = V.Fma(c, reciprocal, m - one);
        var result = Special(a, u, Core(f, V.FromInt(exponent)));
        return V.Blend(V.IsLess(V.Abs(a), V.Const(1e-8)), a, result);
    }

    /// <summary>a = 2ᵉ·m with m in ⅔ … 4/3, for positive finite a.</summary>
    [MethodImpl(AggressiveInlining)]
    internal static V Split<V>(V a, out V e) where V : unmanaged, IF32Lanes<V>
    {
        var isSubnormal = V.IsLess(a, V.Bits(0x00800000));
        var x = V.Blend(isSubnormal, a * V.Const(1 << 24), a);
        var exponent = Exponent(x);
        e = V.FromInt(exponent) - V.BitAnd(isSubnormal, V.Const(24));
        return V.BitSubtract(x, V.ShiftLeft(exponent, 23));
    }

    [MethodImpl(AggressiveInlining)]
    private static V Exponent<V>(V x) where V : unmanaged, IF32Lanes<V> =>
        V.ShiftRight(V.BitSubtract(x, V.Bits(TwoThirds)), 23);

    /// <summary>e·log 2 + log(1 + f).</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Core<V>(V f, V e) where V : unmanaged, IF32Lanes<V>
    {
        var p = VectorPoly.Of(f, -0.5, 0.333332151, -0.249997973, 0.200104058, -0.16680488,
            0.140058681, -0.121842586, 0.139844388, -0.128916964);
        var r = V.Fma(f * f, p, f);
        r = V.Fma(e, V.Const(Log2Low), r);
        return V.Fma(e, V.Const(Log2High), r);
    }

    /// <summary>The result, but for a = ∞ or NaN and for u ≤ 0.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Special<V>(V a, V u, V result) where V : unmanaged, IF32Lanes<V>
    {
        var zero = V.Const(0);
        result = V.Blend(V.IsLess(a, V.Highest), result, a);
        result = V.Blend(V.IsEqual(u, zero), V.Lowest, result);
        return V.Blend(V.IsLess(u, zero), V.Const(double.NaN), result);
    }
}
