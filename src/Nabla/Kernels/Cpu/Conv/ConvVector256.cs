using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>Eight numbers, for AVX2 with FMA.</summary>
internal readonly unsafe struct ConvVector256(Vector256<float> value)
    : IConvVector<ConvVector256>
{
    private readonly Vector256<float> _value = value;

    public static int Count => 8;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector256 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector256 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector256 Fma(ConvVector256 a, ConvVector256 b, ConvVector256 c) =>
        new(System.Runtime.Intrinsics.X86.Fma.MultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector256 operator +(ConvVector256 a, ConvVector256 b) =>
        new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector256 operator -(ConvVector256 a, ConvVector256 b) =>
        new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector256 operator *(ConvVector256 a, ConvVector256 b) =>
        new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector256 operator /(ConvVector256 a, ConvVector256 b) =>
        new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum(
        ConvVector256 a, ConvVector256 b, ConvVector256 c, ConvVector256 d)
    {
        var ab = Avx.UnpackLow(a._value, b._value) + Avx.UnpackHigh(a._value, b._value);
        var cd = Avx.UnpackLow(c._value, d._value) + Avx.UnpackHigh(c._value, d._value);
        var sums = Avx.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle()
            + Avx.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle();
        return sums.GetLower() + sums.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ConvVector256 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceRow, float* target, nint targetRow)
    {
        for (var block = 0; block < 2; block++)
        {
            var from = source + (4 * block);
            var to = target + (4 * block * targetRow);
            var a = Blocks(from, 4 * sourceRow);
            var b = Blocks(from + sourceRow, 4 * sourceRow);
            var c = Blocks(from + (2 * sourceRow), 4 * sourceRow);
            var d = Blocks(from + (3 * sourceRow), 4 * sourceRow);
            var ab0 = Avx.UnpackLow(a, b).AsDouble();
            var ab1 = Avx.UnpackHigh(a, b).AsDouble();
            var cd0 = Avx.UnpackLow(c, d).AsDouble();
            var cd1 = Avx.UnpackHigh(c, d).AsDouble();
            Avx.UnpackLow(ab0, cd0).AsSingle().Store(to);
            Avx.UnpackHigh(ab0, cd0).AsSingle().Store(to + targetRow);
            Avx.UnpackLow(ab1, cd1).AsSingle().Store(to + (2 * targetRow));
            Avx.UnpackHigh(ab1, cd1).AsSingle().Store(to + (3 * targetRow));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Blocks(float* from, nint step) =>
        Vector256.Create(Vector128.Load(from), Vector128.Load(from + step));
}
