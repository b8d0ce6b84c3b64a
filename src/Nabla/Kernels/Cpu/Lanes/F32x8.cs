using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Eight float32 numbers in one 256-bit register.</summary>
internal readonly unsafe struct F32x8(Vector256<float> value) : IF32Lanes<F32x8>
{
    private readonly Vector256<float> _v = value;

    public static int Count => 8;

    public static bool IsFloat => true;

    public static F32x8 Lowest => new(Vector256.Create(float.NegativeInfinity));

    public static F32x8 Highest => new(Vector256.Create(float.PositiveInfinity));

    private static Vector256<float> One => Vector256.Create(1f);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Const(double value) => new(Vector256.Create((float)value));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Bits(int pattern) => new(Vector256.Create(pattern).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Load(void* source) => new(Vector256.Load((float*)source));

    [MethodImpl(AggressiveInlining)]
    public static void Store(F32x8 value, void* destination) =>
        value._v.Store((float*)destination);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 LoadPart(void* source, nint count) =>
        new(Avx.MaskLoad((float*)source, First(count)));

    [MethodImpl(AggressiveInlining)]
    public static void StorePart(F32x8 value, void* destination, nint count) =>
        Avx.MaskStore((float*)destination, First(count), value._v);

    [MethodImpl(AggressiveInlining)]
    private static Vector256<float> First(nint count) => Vector256.LessThan(
        Vector256<int>.Indices, Vector256.Create((int)count)).AsSingle();

    [MethodImpl(AggressiveInlining)]
    public static F32x8 operator +(F32x8 a, F32x8 b) => new(a._v + b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 operator -(F32x8 a, F32x8 b) => new(a._v - b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 operator *(F32x8 a, F32x8 b) => new(a._v * b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 operator /(F32x8 a, F32x8 b) => new(a._v / b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 operator -(F32x8 a) => new(-a._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Fma(F32x8 a, F32x8 b, F32x8 c) =>
        new(Vector256.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Min(F32x8 a, F32x8 b) => new(Vector256.ConditionalSelect(
        Vector256.Equals(a._v, a._v), Vector256.MinNative(a._v, b._v), a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Max(F32x8 a, F32x8 b) => new(Vector256.ConditionalSelect(
        Vector256.Equals(a._v, a._v), Vector256.MaxNative(a._v, b._v), a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 MinOrSecond(F32x8 a, F32x8 b) => new(Vector256.MinNative(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 MaxOrSecond(F32x8 a, F32x8 b) => new(Vector256.MaxNative(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Abs(F32x8 a) => new(Vector256.Abs(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 IsLess(F32x8 a, F32x8 b) => new(Vector256.LessThan(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 IsEqual(F32x8 a, F32x8 b) => new(Vector256.Equals(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Blend(F32x8 mask, F32x8 a, F32x8 b) =>
        new(Vector256.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static bool Any(F32x8 mask) => mask._v.ExtractMostSignificantBits() != 0;

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Equal(F32x8 a, F32x8 b) => new(Vector256.ConditionalSelect(
        Vector256.Equals(a._v, b._v), One, Vector256<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Less(F32x8 a, F32x8 b) => new(Vector256.ConditionalSelect(
        Vector256.LessThan(a._v, b._v), One, Vector256<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 LessOrEqual(F32x8 a, F32x8 b) => new(Vector256.ConditionalSelect(
        Vector256.LessThanOrEqual(a._v, b._v), One, Vector256<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Select(F32x8 condition, F32x8 a, F32x8 b) =>
        new(Vector256.ConditionalSelect(
            Vector256.Equals(condition._v, Vector256<float>.Zero), b._v, a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Floor(F32x8 a) => new(Vector256.Floor(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Ceiling(F32x8 a) => new(Vector256.Ceiling(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Round(F32x8 a) => new(Vector256.Round(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Truncate(F32x8 a) => new(Vector256.Truncate(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Sqrt(F32x8 a) => new(Vector256.Sqrt(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 BitAnd(F32x8 a, F32x8 b) => new(a._v & b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 BitOr(F32x8 a, F32x8 b) => new(a._v | b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 BitXor(F32x8 a, F32x8 b) => new(a._v ^ b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 BitAdd(F32x8 a, F32x8 b) =>
        new((a._v.AsInt32() + b._v.AsInt32()).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x8 BitSubtract(F32x8 a, F32x8 b) =>
        new((a._v.AsInt32() - b._v.AsInt32()).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x8 ShiftLeft(F32x8 a, int bits) => new((a._v.AsInt32() << bits).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x8 ShiftRight(F32x8 a, int bits) => new((a._v.AsInt32() >> bits).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x8 ToInt(F32x8 a) =>
        new(Vector256.ConvertToInt32Native(a._v).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x8 FromInt(F32x8 a) => new(Vector256.ConvertToSingle(a._v.AsInt32()));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Scale(F32x8 a, F32x8 k)
    {
        // Two factors, because 2ᵏ alone may overflow or be subnormal; only the last one rounds.
        var whole = Vector256.ConvertToInt32Native(k._v);
        var half = whole >> 1;
        return new(a._v * PowerOfTwo(half) * PowerOfTwo(whole - half));
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector256<float> PowerOfTwo(Vector256<int> k) =>
        ((k + Vector256.Create(127)) << 23).AsSingle();

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Exp(F32x8 a) => VectorMathExp.Exp(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Expm1(F32x8 a) => VectorMathExp.Expm1(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Tanh(F32x8 a) => VectorMathExp.Tanh(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Sigmoid(F32x8 a) => VectorMathExp.Sigmoid(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Log(F32x8 a) => VectorMathLog.Log(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Log1p(F32x8 a) => VectorMathLog.Log1p(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Sin(F32x8 a) => VectorMathTrig.Sin(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Cos(F32x8 a) => VectorMathTrig.Cos(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Atan2(F32x8 a, F32x8 b) => VectorMathTrig.Atan2(a, b);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Erf(F32x8 a) => VectorMathErf.Erf(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 NormalCdf(F32x8 a, out F32x8 bell) => VectorMathNormal.Cdf(a, out bell);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Pow(F32x8 a, F32x8 b) => VectorMathPow.Pow(a, b);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Remainder(F32x8 a, F32x8 b) => VectorMathPow.Remainder(a, b);

    [MethodImpl(AggressiveInlining)]
    public static F32x8 And(F32x8 a, F32x8 b) => Truth(~(Zeros(a) | Zeros(b)));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Or(F32x8 a, F32x8 b) => Truth(~(Zeros(a) & Zeros(b)));

    [MethodImpl(AggressiveInlining)]
    public static F32x8 Xor(F32x8 a, F32x8 b) => Truth(Zeros(a) ^ Zeros(b));

    [MethodImpl(AggressiveInlining)]
    private static Vector256<float> Zeros(F32x8 a) =>
        Vector256.Equals(a._v, Vector256<float>.Zero);

    [MethodImpl(AggressiveInlining)]
    private static F32x8 Truth(Vector256<float> mask) => new(mask & One);
}
