using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Sixteen float32 numbers in one 512-bit register.</summary>
internal readonly unsafe struct F32x16(Vector512<float> value) : IF32Lanes<F32x16>
{
    private readonly Vector512<float> _v = value;

    public static int Count => 16;

    public static bool IsFloat => true;

    public static F32x16 Lowest => new(Vector512.Create(float.NegativeInfinity));

    public static F32x16 Highest => new(Vector512.Create(float.PositiveInfinity));

    private static Vector512<float> One => Vector512.Create(1f);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Const(double value) => new(Vector512.Create((float)value));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Bits(int pattern) => new(Vector512.Create(pattern).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Load(void* source) => new(Vector512.Load((float*)source));

    [MethodImpl(AggressiveInlining)]
    public static void Store(F32x16 value, void* destination) =>
        value._v.Store((float*)destination);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 LoadPart(void* source, nint count) =>
        new(Avx512F.MaskLoad((float*)source, First(count), Vector512<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static void StorePart(F32x16 value, void* destination, nint count) =>
        Avx512F.MaskStore((float*)destination, First(count), value._v);

    [MethodImpl(AggressiveInlining)]
    private static Vector512<float> First(nint count) => Vector512.LessThan(
        Vector512<int>.Indices, Vector512.Create((int)count)).AsSingle();

    [MethodImpl(AggressiveInlining)]
    public static F32x16 operator +(F32x16 a, F32x16 b) => new(a._v + b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 operator -(F32x16 a, F32x16 b) => new(a._v - b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 operator *(F32x16 a, F32x16 b) => new(a._v * b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 operator /(F32x16 a, F32x16 b) => new(a._v / b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 operator -(F32x16 a) => new(-a._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Fma(F32x16 a, F32x16 b, F32x16 c) =>
        new(Vector512.FusedMultiplyAdd(a._v, b._v, c._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Min(F32x16 a, F32x16 b) => new(Vector512.ConditionalSelect(
        Vector512.Equals(a._v, a._v), Vector512.MinNative(a._v, b._v), a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Max(F32x16 a, F32x16 b) => new(Vector512.ConditionalSelect(
        Vector512.Equals(a._v, a._v), Vector512.MaxNative(a._v, b._v), a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 MinOrSecond(F32x16 a, F32x16 b) => new(Vector512.MinNative(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 MaxOrSecond(F32x16 a, F32x16 b) => new(Vector512.MaxNative(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Abs(F32x16 a) => new(Vector512.Abs(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 IsLess(F32x16 a, F32x16 b) => new(Vector512.LessThan(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 IsEqual(F32x16 a, F32x16 b) => new(Vector512.Equals(a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Blend(F32x16 mask, F32x16 a, F32x16 b) =>
        new(Vector512.ConditionalSelect(mask._v, a._v, b._v));

    [MethodImpl(AggressiveInlining)]
    public static bool Any(F32x16 mask) => mask._v.ExtractMostSignificantBits() != 0;

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Equal(F32x16 a, F32x16 b) => new(Vector512.ConditionalSelect(
        Vector512.Equals(a._v, b._v), One, Vector512<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Less(F32x16 a, F32x16 b) => new(Vector512.ConditionalSelect(
        Vector512.LessThan(a._v, b._v), One, Vector512<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 LessOrEqual(F32x16 a, F32x16 b) => new(Vector512.ConditionalSelect(
        Vector512.LessThanOrEqual(a._v, b._v), One, Vector512<float>.Zero));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Select(F32x16 condition, F32x16 a, F32x16 b) =>
        new(Vector512.ConditionalSelect(
            Vector512.Equals(condition._v, Vector512<float>.Zero), b._v, a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Floor(F32x16 a) => new(Vector512.Floor(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Ceiling(F32x16 a) => new(Vector512.Ceiling(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Round(F32x16 a) => new(Vector512.Round(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Truncate(F32x16 a) => new(Vector512.Truncate(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Sqrt(F32x16 a) => new(Vector512.Sqrt(a._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 BitAnd(F32x16 a, F32x16 b) => new(a._v & b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 BitOr(F32x16 a, F32x16 b) => new(a._v | b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 BitXor(F32x16 a, F32x16 b) => new(a._v ^ b._v);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 BitAdd(F32x16 a, F32x16 b) =>
        new((a._v.AsInt32() + b._v.AsInt32()).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x16 BitSubtract(F32x16 a, F32x16 b) =>
        new((a._v.AsInt32() - b._v.AsInt32()).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x16 ShiftLeft(F32x16 a, int bits) => new((a._v.AsInt32() << bits).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x16 ShiftRight(F32x16 a, int bits) => new((a._v.AsInt32() >> bits).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x16 ToInt(F32x16 a) =>
        new(Vector512.ConvertToInt32Native(a._v).AsSingle());

    [MethodImpl(AggressiveInlining)]
    public static F32x16 FromInt(F32x16 a) => new(Vector512.ConvertToSingle(a._v.AsInt32()));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Scale(F32x16 a, F32x16 k) => new(Avx512F.Scale(a._v, k._v));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Exp(F32x16 a) => VectorMathExp.Exp(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Expm1(F32x16 a) => VectorMathExp.Expm1(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Tanh(F32x16 a) => VectorMathExp.Tanh(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Sigmoid(F32x16 a) => VectorMathExp.Sigmoid(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Log(F32x16 a) => VectorMathLog.Log(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Log1p(F32x16 a) => VectorMathLog.Log1p(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Sin(F32x16 a) => VectorMathTrig.Sin(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Cos(F32x16 a) => VectorMathTrig.Cos(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Atan2(F32x16 a, F32x16 b) => VectorMathTrig.Atan2(a, b);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Erf(F32x16 a) => VectorMathErf.Erf(a);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 NormalCdf(F32x16 a, out F32x16 bell) => VectorMathNormal.Cdf(a, out bell);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Pow(F32x16 a, F32x16 b) => VectorMathPow.Pow(a, b);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Remainder(F32x16 a, F32x16 b) => VectorMathPow.Remainder(a, b);

    [MethodImpl(AggressiveInlining)]
    public static F32x16 And(F32x16 a, F32x16 b) => Truth(~(Zeros(a) | Zeros(b)));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Or(F32x16 a, F32x16 b) => Truth(~(Zeros(a) & Zeros(b)));

    [MethodImpl(AggressiveInlining)]
    public static F32x16 Xor(F32x16 a, F32x16 b) => Truth(Zeros(a) ^ Zeros(b));

    [MethodImpl(AggressiveInlining)]
    private static Vector512<float> Zeros(F32x16 a) =>
        Vector512.Equals(a._v, Vector512<float>.Zero);

    [MethodImpl(AggressiveInlining)]
    private static F32x16 Truth(Vector512<float> mask) => new(mask & One);
}
