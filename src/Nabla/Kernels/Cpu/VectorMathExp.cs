using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// eˣ and its relatives in float32 lanes: x = k·log 2 + r (Cody and Waite 1980), eʳ a polynomial.
/// </summary>
internal static class VectorMathExp
{
    private const double Log2E = 1.4426950408889634;
    private const double Log2High = 0.693147182464599609375;
    private const double Log2Low = -1.904654299957768e-9;

    /// <summary>Below, eˣ rounds to 0; above, it overflows.</summary>
    private const double Lowest = -104.5;
    private const double Highest = 89;

    /// <summary>eᵃ within 1 ulp.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Exp<V>(V a) where V : unmanaged, IF32Lanes<V>
    {
        a = V.MinOrSecond(V.Const(Highest), a);
        return ExpBelow(V.MaxOrSecond(V.Const(Lowest), a));
    }

    /// <summary>eᵃ − 1 within 2 ulp.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Expm1<V>(V a) where V : unmanaged, IF32Lanes<V>
    {
        var x = V.MaxOrSecond(V.Const(-20), V.MinOrSecond(V.Const(Highest), a));
        var k = Split(x, out var r);
        // Half the power, because e^88.7 is finite but 2¹²⁸ is not.
        var half = PowerOfTwo(k, 126);
        var result = V.Const(2) * V.Fma(half, Core(r), half - V.Const(0.5));
        return V.Blend(V.IsLess(V.Abs(a), V.Const(1e-8)), a, result);
    }

    /// <summary>tanh a = e / (e + 2), e = e²ᵃ − 1, within 3 ulp.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Tanh<V>(V a) where V : unmanaged, IF32Lanes<V>
    {
        var size = V.MinOrSecond(V.Const(10), V.Abs(a));
        var k = Split(size + size, out var r);
        var power = PowerOfTwo(k, 127);
        var e = V.Fma(power, Core(r), power - V.Const(1));
        var result = e / (e + V.Const(2));
        return V.BitOr(result, V.BitAnd(a, V.Bits(int.MinValue)));
    }

    /// <summary>
    /// 1 / (1 + e⁻ᵃ) within 3 ulp, down to subnormal results: e^(−|a|) never overflows.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    public static V Sigmoid<V>(V a) where V : unmanaged, IF32Lanes<V>
    {
        var one = V.Const(1);
        var x = V.MaxOrSecond(V.Const(Lowest), V.BitOr(a, V.Bits(int.MinValue)));
        var e = ExpBelow(x);
        return V.Blend(V.IsLess(a, V.Const(0)), e, one) / (one + e);
    }

    /// <summary>eˣ for x in the range where the scaling is exact.</summary>
    [MethodImpl(AggressiveInlining)]
    internal static V ExpBelow<V>(V x) where V : unmanaged, IF32Lanes<V>
    {
        var k = Split(x, out var r);
        return V.Scale(V.Const(1) + Core(r), k);
    }

    /// <summary>x = k·log 2 + r.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Split<V>(V x, out V r) where V : unmanaged, IF32Lanes<V>
    {
        var k = V.Round(x * V.Const(Log2E));
        r = V.Fma(k, V.Const(-Log2High), x);
        r = V.Fma(k, V.Const(-Log2Low), r);
        return k;
    }

    /// <summary>eʳ − 1 for |r| ≤ ½ log 2.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Core<V>(V r) where V : unmanaged, IF32Lanes<V>
    {
        var q = VectorPoly.Of(
            r, 0.49999994, 0.166665196, 0.0416683927, 0.00836878084, 0.00138144672);
        return V.Fma(r * r, q, r);
    }

    [MethodImpl(AggressiveInlining)]
    private static V PowerOfTwo<V>(V k, int bias) where V : unmanaged, IF32Lanes<V> =>
        V.ShiftLeft(V.BitAdd(V.ToInt(k), V.Bits(bias)), 23);
}
