using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Four float32 numbers in one 128-bit register.</summary>
internal readonly unsafe struct F32x4(Vector128<float> value) : IF32Lanes<F32x4>
{
    private readonly Vector128<float> _v = value;

    public static int Count => 4;

    public static bool IsFloat => true;

    public static F32x4 Lowest => new(Vector128.Create(float.NegativeInfinity));

    public static F32x4 Highest => new(Vector128.Create(float.PositiveInfinity));

    private static Vector128<float> One => Vector128.Create(1f);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Const(double value) => new(Vector128.Create((float)value));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Bits(int pattern) => new(Vector128.Create(pattern).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Load(void* source) => new(Vector128.Load((float*)source));

    [MethodImpl(AggressiveInlining)]
    public static void Store(F32x4 value, void* destination) =>
        value._v.Store((float*)destination);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 LoadPart(void* source, nint count)
    {
        var padded = Vector128<float>.Zero;
        for (nint i = 0; i < count; i++)
        {
            ((float*)&padded)[i] = ((float*)source)[i];
        }

        return new(padded);
    }

    [MethodImpl(AggressiveInlining)]
    public static void StorePart(F32x4 value, void* destination, nint count)
    {
        var padded = value._v;
        for (nint i = 0; i < count; i++)
        {
            ((float*)destination)[i] = ((float*)&padded)[i];
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static F32x4 operator +(F32x4 a, F32x4 b) => new(a._v + b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 operator -(F32x4 a, F32x4 b) => new(a._v - b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 operator *(F32x4 a, F32x4 b) => new(a._v * b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 operator /(F32x4 a, F32x4 b) => new(a._v / b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 operator -(F32x4 a) => new(-a._v);

    // Without such an instruction the runtime calls a function for each number, which takes more
    // than ten times as long. A product is exact in float64; the sum is rounded twice, which
    // matters only where the first rounding ends midway between two float32 numbers.
    [MethodImpl(AggressiveInlining)]
    public static F32x4 Fma(F32x4 a, F32x4 b, F32x4 c) => new(
        System.Runtime.Intrinsics.X86.Fma.IsSupported || AdvSimd.IsSupported
            ? Vector128.FusedMultiplyAdd(a._v, b._v, c._v)
            : Vector128.Narrow(
                (Vector128.WidenLower(a._v) * Vector128.WidenLower(b._v))
                    + Vector128.WidenLower(c._v),
                (Vector128.WidenUpper(a._v) * Vector128.WidenUpper(b._v))
                    + Vector128.WidenUpper(c._v)));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Min(F32x4 a, F32x4 b) => new(Vector128.ConditionalSelect(
        Vector128.Equals(a._v, a._v), Vector128.MinNative(a._v, b._v), a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Max(F32x4 a, F32x4 b) => new(Vector128.ConditionalSelect(
        Vector128.Equals(a._v, a._v), Vector128.MaxNative(a._v, b._v), a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 MinOrSecond(F32x4 a, F32x4 b) => new(Vector128.MinNative(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 MaxOrSecond(F32x4 a, F32x4 b) => new(Vector128.MaxNative(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Abs(F32x4 a) => new(Vector128.Abs(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 IsLess(F32x4 a, F32x4 b) => new(Vector128.LessThan(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 IsEqual(F32x4 a, F32x4 b) => new(Vector128.Equals(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Blend(F32x4 mask, F32x4 a, F32x4 b) =>
        new(Vector128.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static bool Any(F32x4 mask) => mask._v.ExtractMostSignificantBits() != 0;

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Equal(F32x4 a, F32x4 b) => new(Vector128.ConditionalSelect(
        Vector128.Equals(a._v, b._v), One, Vector128<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Less(F32x4 a, F32x4 b) => new(Vector128.ConditionalSelect(
        Vector128.LessThan(a._v, b._v), One, Vector128<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 LessOrEqual(F32x4 a, F32x4 b) => new(Vector128.ConditionalSelect(
        Vector128.LessThanOrEqual(a._v, b._v), One, Vector128<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Select(F32x4 condition, F32x4 a, F32x4 b) =>
        new(Vector128.ConditionalSelect(
            Vector128.Equals(condition._v, Vector128<float>.Zero), b._v, a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Floor(F32x4 a) => new(Vector128.Floor(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Ceiling(F32x4 a) => new(Vector128.Ceiling(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Round(F32x4 a) => new(Vector128.Round(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Truncate(F32x4 a) => new(Vector128.Truncate(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Sqrt(F32x4 a) => new(Vector128.Sqrt(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 BitAnd(F32x4 a, F32x4 b) => new(a._v & b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 BitOr(F32x4 a, F32x4 b) => new(a._v | b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 BitXor(F32x4 a, F32x4 b) => new(a._v ^ b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 BitAdd(F32x4 a, F32x4 b) =>
        new((a._v.AsInt32() + b._v.AsInt32()).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x4 BitSubtract(F32x4 a, F32x4 b) =>
        new((a._v.AsInt32() - b._v.AsInt32()).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x4 ShiftLeft(F32x4 a, int bits) => new((a._v.AsInt32() << bits).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x4 ShiftRight(F32x4 a, int bits) => new((a._v.AsInt32() >> bits).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x4 ToInt(F32x4 a) =>
        new(Vector128.ConvertToInt32Native(a._v).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x4 FromInt(F32x4 a) => new(Vector128.ConvertToSingle(a._v.AsInt32()));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Scale(F32x4 a, F32x4 k)
    {
        // Two factors, because 2ᵏ alone may overflow or be subnormal; only the last one rounds.
        var whole = Vector128.ConvertToInt32Native(k._v);
        var half = whole >> 1;
        return new(a._v * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector128<float> PowerOfTwo(Vector128<int> k) =>
        ((k + Vector128.Create(127)) << 23).AsSingle();

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Exp(F32x4 a) => VectorMathExp.Exp(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Expm1(F32x4 a) => VectorMathExp.Expm1(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Tanh(F32x4 a) => VectorMathExp.Tanh(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Sigmoid(F32x4 a) => VectorMathExp.Sigmoid(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Log(F32x4 a) => VectorMathLog.Log(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Log1p(F32x4 a) => VectorMathLog.Log1p(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Sin(F32x4 a) => VectorMathTrig.Sin(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Cos(F32x4 a) => VectorMathTrig.Cos(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Atan2(F32x4 a, F32x4 b) => VectorMathTrig.Atan2(a, b);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Erf(F32x4 a) => VectorMathErf.Erf(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 NormalCdf(F32x4 a, out F32x4 bell) => VectorMathNormal.Cdf(a, out bell);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Pow(F32x4 a, F32x4 b) => VectorMathPow.Pow(a, b);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Remainder(F32x4 a, F32x4 b) => VectorMathPow.Remainder(a, b);

    [MethodImpl(AggressiveInlining)]
    public static F32x4 And(F32x4 a, F32x4 b) => Truth(~(Zeros(a) | Zeros(b)));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Or(F32x4 a, F32x4 b) => Truth(~(Zeros(a) & Zeros(b)));

    [MethodImpl(AggressiveInlining)]
    public static F32x4 Xor(F32x4 a, F32x4 b) => Truth(Zeros(a) ^ Zeros(b));

    [MethodImpl(AggressiveInlining)]
    private static Vector128<float> Zeros(F32x4 a) =>
        Vector128.Equals(a._v, Vector128<float>.Zero);

    [MethodImpl(AggressiveInlining)]
    private static F32x4 Truth(Vector128<float> mask) => new(mask & One);
}
