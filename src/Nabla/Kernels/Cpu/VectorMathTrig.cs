using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Sine, cosine and angle in float32 lanes.</summary>
internal static unsafe class VectorMathTrig
{
    private const double TwoOverPi = 0.63661977236758134;

    // π/2 as a sum of three float32 numbers.
    private const double HalfPi1 = 1.57079637050628662109375;
    private const double HalfPi2 = -4.371138828673793e-8;
    private const double HalfPi3 = -1.7151244994428828e-15;

    /// <summary>Up to here the reduction by multiples of π/2 keeps all bits.</summary>
    private const double Limit = 100_000;

    /// <summary>sin a within 2 ulp; beyond |a| = 10⁵ by way of float64.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sin<V>(V a) where V : unmanaged, IF32Lanes<V>
    {
        var q = Split(a, out var r);
        // Also keeps the sign of −0.
        var result = V.Blend(
            V.IsLess(V.Abs(a), V.Const(1e-4)), a, Quadrant(r, q));
        var isLarge = V.IsLess(V.Const(Limit), V.Abs(a));
        return V.Any(isLarge) ? V.Blend(isLarge, Lanewise.Map(a, &Math.Sin), result) : result;
    }

    /// <summary>cos a within 2 ulp; beyond |a| = 10⁵ by way of float64.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Cos<V>(V a) where V : unmanaged, IF32Lanes<V>
    {
        var q = Split(a, out var r);
        var result = Quadrant(r, V.BitAdd(q, V.Bits(1)));
        var isLarge = V.IsLess(V.Const(Limit), V.Abs(a));
        return V.Any(isLarge) ? V.Blend(isLarge, Lanewise.Map(a, &Math.Cos), result) : result;
    }

    /// <summary>The angle of (b, a) within 2 ulp, with the special cases of C99.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Atan2<V>(V a, V b) where V : unmanaged, IF32Lanes<V>
    {
        var (y, x) = (V.Abs(a), V.Abs(b));
        var (low, high) = (V.MinOrSecond(y, x), V.MaxOrSecond(y, x));
        var t = V.Blend(V.IsEqual(low, high), V.Const(1), low / high);
        t = V.Blend(V.IsEqual(high, V.Const(0)), V.Const(0), t);
        var z = t * t;
        var p = VectorPoly.Of(z, -0.333332986, 0.199985489, -0.142642424, 0.109521858, -0.08403451,
            0.0579576083, -0.0311778579, 0.0109146126, -0.00179362309);
        var angle = V.Fma(t * z, p, t);
        var complement = V.Const(HalfPi1) + (V.Const(HalfPi2) - angle);
        angle = V.Blend(V.IsLess(x, y), complement, angle);
        // The sign of b, not b < 0: the angle of −0 is π.
        var isLeft = V.ShiftRight(b, 31);
        var supplement = V.Const(2 * HalfPi1) + (V.Const(2 * HalfPi2) - angle);
        angle = V.Blend(isLeft, supplement, angle);
        angle = V.BitOr(angle, V.BitAnd(a, V.Bits(int.MinValue)));
        angle = V.Blend(V.IsEqual(b, b), angle, b);
        return V.Blend(V.IsEqual(a, a), angle, a);
    }

    /// <summary>a = q·π/2 + r with |r| ≤ π/4; q as an integer.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Split<V>(V a, out V r) where V : unmanaged, IF32Lanes<V>
    {
        var k = V.Round(a * V.Const(TwoOverPi));
        r = V.Fma(k, V.Const(-HalfPi1), a);
        r = V.Fma(k, V.Const(-HalfPi2), r);
        r = V.Fma(k, V.Const(-HalfPi3), r);
        return V.ToInt(k);
    }

    /// <summary>sin(r + q·π/2).</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Quadrant<V>(V r, V q) where V : unmanaged, IF32Lanes<V>
    {
        var z = r * r;
        var sine = V.Fma(
            r * z, VectorPoly.Of(z, -0.166666552, 0.00833215844, -0.00019514958), r);
        var cosine = V.Fma(
            z * z, VectorPoly.Of(z, 0.0416666456, -0.00138873642, 2.44380917e-05),
            V.Fma(z, V.Const(-0.5), V.Const(1)));
        var isOdd = V.ShiftRight(V.ShiftLeft(q, 31), 31);
        var sign = V.ShiftLeft(V.BitAnd(q, V.Bits(2)), 30);
        return V.BitXor(V.Blend(isOdd, cosine, sine), sign);
    }
}
