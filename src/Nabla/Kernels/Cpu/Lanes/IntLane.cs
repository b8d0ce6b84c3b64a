using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// One integer. Sums and products wrap around, and no division traps: by zero gives 0. Functions
/// of real numbers go through float64 and truncate.
/// </summary>
internal readonly unsafe struct IntLane<T>(T value) : ILanes<IntLane<T>>
    where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly T _v = value;

    public static int Count => 1;

    public static bool IsFloat => false;

    public static IntLane<T> Lowest => new(T.MinValue);

    public static IntLane<T> Highest => new(T.MaxValue);

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Const(double value) => new(T.CreateTruncating((long)value));

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Load(void* source) => new(*(T*)source);

    [MethodImpl(AggressiveInlining)]
    public static void Store(IntLane<T> value, void* destination) => *(T*)destination = value._v;

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> LoadPart(void* source, nint count) =>
        count > 0 ? Load(source) : default;

    [MethodImpl(AggressiveInlining)]
    public static void StorePart(IntLane<T> value, void* destination, nint count)
    {
        if (count > 0)
        {
            Store(value, destination);
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> operator +(IntLane<T> a, IntLane<T> b) => new(unchecked(a._v + b._v));

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> operator -(IntLane<T> a, IntLane<T> b) => new(unchecked(a._v - b._v));

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> operator *(IntLane<T> a, IntLane<T> b) => new(unchecked(a._v * b._v));

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> operator /(IntLane<T> a, IntLane<T> b) =>
        T.IsZero(b._v) ? default : IsMinusOne(b._v) ? -a : new(a._v / b._v);

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> operator -(IntLane<T> a) => new(unchecked(T.Zero - a._v));

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Fma(IntLane<T> a, IntLane<T> b, IntLane<T> c) => (a * b) + c;

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Min(IntLane<T> a, IntLane<T> b) => b._v < a._v ? b : a;

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Max(IntLane<T> a, IntLane<T> b) => a._v < b._v ? b : a;

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Abs(IntLane<T> a) => a._v < T.Zero ? -a : a;

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Equal(IntLane<T> a, IntLane<T> b) => Truth(a._v == b._v);

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Less(IntLane<T> a, IntLane<T> b) => Truth(a._v < b._v);

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> LessOrEqual(IntLane<T> a, IntLane<T> b) => Truth(a._v <= b._v);

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Select(IntLane<T> condition, IntLane<T> a, IntLane<T> b) =>
        T.IsZero(condition._v) ? b : a;

    public static IntLane<T> Floor(IntLane<T> a) => a;

    public static IntLane<T> Ceiling(IntLane<T> a) => a;

    public static IntLane<T> Round(IntLane<T> a) => a;

    public static IntLane<T> Truncate(IntLane<T> a) => a;

    public static IntLane<T> Sqrt(IntLane<T> a) => FromReal(Math.Sqrt(Real(a)));

    public static IntLane<T> Exp(IntLane<T> a) => FromReal(Math.Exp(Real(a)));

    public static IntLane<T> Log(IntLane<T> a) => FromReal(Math.Log(Real(a)));

    public static IntLane<T> Expm1(IntLane<T> a) => FromReal(DoubleMath.Expm1(Real(a)));

    public static IntLane<T> Log1p(IntLane<T> a) => FromReal(DoubleMath.Log1p(Real(a)));

    public static IntLane<T> Sin(IntLane<T> a) => FromReal(Math.Sin(Real(a)));

    public static IntLane<T> Cos(IntLane<T> a) => FromReal(Math.Cos(Real(a)));

    public static IntLane<T> Tanh(IntLane<T> a) => FromReal(Math.Tanh(Real(a)));

    public static IntLane<T> Sigmoid(IntLane<T> a) => FromReal(DoubleMath.Sigmoid(Real(a)));

    public static IntLane<T> Erf(IntLane<T> a) => FromReal(DoubleMath.Erf(Real(a)));

    public static IntLane<T> NormalCdf(IntLane<T> a, out IntLane<T> bell)
    {
        bell = FromReal(Math.Exp(-0.5 * Real(a) * Real(a)));
        return FromReal(DoubleMath.NormalCdf(Real(a)));
    }

    public static IntLane<T> Atan2(IntLane<T> a, IntLane<T> b) =>
        FromReal(Math.Atan2(Real(a), Real(b)));

    /// <summary>
    /// Exact modulo 2ⁿ. A negative exponent gives the truncated real value: 0, unless |a| is 1.
    /// </summary>
    public static IntLane<T> Pow(IntLane<T> a, IntLane<T> b)
    {
        var x = a._v;
        if (b._v < T.Zero)
        {
            var odd = T.IsOddInteger(b._v);
            return x == T.One || (IsMinusOne(x) && !odd) ? new(T.One)
                : IsMinusOne(x) ? a : default;
        }

        var result = T.One;
        for (var n = b._v; !T.IsZero(n); n >>= 1, x = unchecked(x * x))
        {
            result = T.IsOddInteger(n) ? unchecked(result * x) : result;
        }

        return new(result);
    }

    public static IntLane<T> Remainder(IntLane<T> a, IntLane<T> b)
    {
        if (T.IsZero(b._v) || IsMinusOne(b._v))
        {
            return default;
        }

        var r = a._v % b._v;
        return new(T.IsZero(r) || (r < T.Zero) == (b._v < T.Zero) ? r : r + b._v);
    }

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> And(IntLane<T> a, IntLane<T> b) => new(a._v & b._v);

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Or(IntLane<T> a, IntLane<T> b) => new(a._v | b._v);

    [MethodImpl(AggressiveInlining)]
    public static IntLane<T> Xor(IntLane<T> a, IntLane<T> b) => new(a._v ^ b._v);

    [MethodImpl(AggressiveInlining)]
    private static IntLane<T> Truth(bool value) => new(value ? T.One : T.Zero);

    [MethodImpl(AggressiveInlining)]
    private static bool IsMinusOne(T value) => T.MinValue < T.Zero && value == T.Zero - T.One;

    private static double Real(IntLane<T> a) => double.CreateTruncating(a._v);

    private static IntLane<T> FromReal(double value) => new(T.CreateTruncating((long)value));
}
