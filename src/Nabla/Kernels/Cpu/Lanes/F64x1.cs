using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>One float64 number: exact enough for gradient checks, not written for speed.</summary>
internal readonly unsafe struct F64x1(double value) : ILanes<F64x1>
{
    private readonly double _v = value;

    public double Value => _v;

    public static int Count => 1;

    public static bool IsFloat => true;

    public static F64x1 Lowest => new(double.NegativeInfinity);

    public static F64x1 Highest => new(double.PositiveInfinity);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Const(double value) => new(value);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Load(void* source) => new(*(double*)source);

    [MethodImpl(AggressiveInlining)]
    public static void Store(F64x1 value, void* destination) => *(double*)destination = value._v;

    [MethodImpl(AggressiveInlining)]
    public static F64x1 LoadPart(void* source, nint count) => count > 0 ? Load(source) : default;

    [MethodImpl(AggressiveInlining)]
    public static void StorePart(F64x1 value, void* destination, nint count)
    {
        if (count > 0)
        {
            Store(value, destination);
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static F64x1 operator +(F64x1 a, F64x1 b) => new(a._v + b._v);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 operator -(F64x1 a, F64x1 b) => new(a._v - b._v);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 operator *(F64x1 a, F64x1 b) => new(a._v * b._v);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 operator /(F64x1 a, F64x1 b) => new(a._v / b._v);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 operator -(F64x1 a) => new(-a._v);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Fma(F64x1 a, F64x1 b, F64x1 c) =>
        new(Math.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Min(F64x1 a, F64x1 b) => double.IsNaN(a._v) || a._v < b._v ? a : b;

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Max(F64x1 a, F64x1 b) => double.IsNaN(a._v) || a._v > b._v ? a : b;

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Abs(F64x1 a) => new(Math.Abs(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Equal(F64x1 a, F64x1 b) => Truth(a._v == b._v);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Less(F64x1 a, F64x1 b) => Truth(a._v < b._v);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 LessOrEqual(F64x1 a, F64x1 b) => Truth(a._v <= b._v);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Select(F64x1 condition, F64x1 a, F64x1 b) => condition._v != 0 ? a : b;

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Floor(F64x1 a) => new(Math.Floor(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Ceiling(F64x1 a) => new(Math.Ceiling(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Round(F64x1 a) => new(Math.Round(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Truncate(F64x1 a) => new(Math.Truncate(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Sqrt(F64x1 a) => new(Math.Sqrt(a._v));

    public static F64x1 Exp(F64x1 a) => new(Math.Exp(a._v));

    public static F64x1 Log(F64x1 a) => new(Math.Log(a._v));

    public static F64x1 Expm1(F64x1 a) => new(DoubleMath.Expm1(a._v));

    public static F64x1 Log1p(F64x1 a) => new(DoubleMath.Log1p(a._v));

    public static F64x1 Sin(F64x1 a) => new(Math.Sin(a._v));

    public static F64x1 Cos(F64x1 a) => new(Math.Cos(a._v));

    public static F64x1 Tanh(F64x1 a) => new(Math.Tanh(a._v));

    public static F64x1 Sigmoid(F64x1 a) => new(DoubleMath.Sigmoid(a._v));

    public static F64x1 Erf(F64x1 a) => new(DoubleMath.Erf(a._v));

    public static F64x1 NormalCdf(F64x1 a, out F64x1 bell)
    {
        bell = new(Math.Exp(-0.5 * a._v * a._v));
        return new(DoubleMath.NormalCdf(a._v));
    }

    public static F64x1 Pow(F64x1 a, F64x1 b) => new(Math.Pow(a._v, b._v));

    public static F64x1 Atan2(F64x1 a, F64x1 b) => new(Math.Atan2(a._v, b._v));

    public static F64x1 Remainder(F64x1 a, F64x1 b) => new(DoubleMath.Remainder(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F64x1 And(F64x1 a, F64x1 b) => Truth(a._v != 0 && b._v != 0);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Or(F64x1 a, F64x1 b) => Truth(a._v != 0 || b._v != 0);

    [MethodImpl(AggressiveInlining)]
    public static F64x1 Xor(F64x1 a, F64x1 b) => Truth(a._v != 0 ^ b._v != 0);

    [MethodImpl(AggressiveInlining)]
    private static F64x1 Truth(bool value) => new(value ? 1 : 0);
}
