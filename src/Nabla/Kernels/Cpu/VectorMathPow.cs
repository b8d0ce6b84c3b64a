using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Powers and remainders in float32 lanes.</summary>
internal static unsafe class VectorMathPow
{
    // 2 / log 2 as a sum of two float32 numbers.
    private const double ScaleHigh = 2.885390043258667;
    private const double ScaleLow = 3.8519259822532349e-8;

    private const double Log2High = 0.693147182464599609375;
    private const double Log2Low = -1.904654299957768e-9;

    // ⅓ likewise.
    private const double ThirdHigh = 0.3333333432674408;
    private const double ThirdLow = -9.9341074625651e-9;

    /// <summary>
    /// aᵇ within 2 ulp, with the special cases of C99: 2^(b·log₂|a|), the logarithm and the product
    /// kept as unevaluated sums of two numbers.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    public static V Pow<V>(V a, V b) where V : unmanaged, IF32Lanes<V>
    {
        var (zero, one) = (V.Const(0), V.Const(1));
        var size = V.Abs(a);
        var high = Log2(size, out var low);

        var product = b * high;
        var rest = V.Fma(b, low, V.Fma(b, high, -product));
        // Out there the rest is ∞ − ∞, and the result 0 or ∞ without it.
        rest = V.BitAnd(rest, V.IsLess(V.Abs(product), V.Const(200)));
        product = V.MinOrSecond(V.Const(200), V.MaxOrSecond(V.Const(-200), product));
        var k = V.Round(product);
        var r = (product - k) + rest;
        var x = VectorPoly.Of(r, Log2Low, 0.240226507, 0.0555041023, 0.00961803738,
            0.00133339362, 0.000154668829, 1.5196043e-05);
        var power = V.Scale(one + V.Fma(r, V.Const(Log2High), r * x), k);
        power = V.Blend(V.IsEqual(size, one), one, power);

        var half = b * V.Const(0.5);
        var isWhole = V.IsEqual(V.Truncate(b), b);
        var isHalfWhole = V.IsEqual(V.Truncate(half), half);
        var isOdd = V.BitAnd(isWhole, V.BitXor(isHalfWhole, V.Bits(-1)));
        var isFinite = V.IsLess(size, V.Highest);
        var isNegative = V.BitAnd(V.IsLess(a, zero), isFinite);
        power = V.Blend(V.BitAnd(isNegative, V.BitXor(isWhole, V.Bits(-1))),
            V.Const(double.NaN), power);
        power = V.BitXor(power, V.BitAnd(isOdd, V.BitAnd(a, V.Bits(int.MinValue))));
        var isOne = V.BitOr(V.IsEqual(a, one), V.IsEqual(b, zero));
        return V.Blend(isOne, one, power);
    }

    /// <summary>
    /// Exact remainder with the sign of b (but a zero has the sign of a, as in PyTorch); NaN for
    /// b = 0. By way of float64 for quotients above 2²².
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    public static V Remainder<V>(V a, V b) where V : unmanaged, IF32Lanes<V>
    {
        var quotient = a / b;
        var r = V.Fma(-V.Floor(quotient), b, a);
        // A quotient just below an integer may have been rounded up to it.
        var isOpposite = V.ShiftRight(V.BitXor(r, b), 31);
        r = V.Blend(V.BitAnd(isOpposite, V.IsLess(V.Const(0), V.Abs(r))), r + b, r);
        r = V.Blend(V.IsEqual(r, V.Const(0)), V.BitAnd(a, V.Bits(int.MinValue)), r);
        var isPlain = V.BitAnd(
            V.IsLess(V.Abs(quotient), V.Const(1 << 22)), V.IsLess(V.Abs(b), V.Highest));
        var isOdd = V.BitXor(isPlain, V.Bits(-1));
        return V.Any(isOdd)
            ? V.Blend(isPlain, r, Lanewise.Map(a, b, &DoubleMath.Remainder)) : r;
    }

    /// <summary>
    /// log₂ a of a ≥ 0 as high + low, with a relative error of about 2⁻³⁴:
    /// log₂ m = (2 / log 2)·artanh s, s = (m − 1) / (m + 1).
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    private static V Log2<V>(V a, out V low) where V : unmanaged, IF32Lanes<V>
    {
        var m = VectorMathLog.Split(a, out var e);
        var f = m - V.Const(1);
        var d = m + V.Const(1);
        var dLow = f - (d - V.Const(2));
        var s = f / d;
        var sLow = (V.Fma(-s, d, f) - (s * dLow)) / d;
        // s³/3, whose rounding would show, is a sum of two numbers too.
        var z = s * s;
        var cube = s * z;
        var cubeLow = V.Fma(s, z, -cube) + (s * V.Fma(s, s, -z));
        var third = cube * V.Const(ThirdHigh);
        var tail = V.Fma(cube, V.Const(ThirdHigh), -third);
        tail = V.Fma(cube, V.Const(ThirdLow), V.Fma(cubeLow, V.Const(ThirdHigh), tail));
        tail = V.Fma(cube * z, VectorPoly.Of(z, 0.200001955, 0.142627656, 0.119371235), tail);
        tail += V.Fma(sLow, z, sLow);
        var whole = s + third;
        tail += third - (whole - s);

        var high = whole * V.Const(ScaleHigh);
        low = V.Fma(whole, V.Const(ScaleHigh), -high);
        low = V.Fma(whole, V.Const(ScaleLow), low);
        low = V.Fma(tail, V.Const(ScaleHigh), low);
        var sum = e + high;
        low += high - (sum - e);
        high = sum + low;
        low -= high - sum;

        var isZero = V.IsEqual(a, V.Const(0));
        var isFinite = V.IsLess(a, V.Highest);
        high = V.Blend(isZero, V.Lowest, V.Blend(isFinite, high, a));
        low = V.BitAnd(low, isFinite);
        return high;
    }
}
