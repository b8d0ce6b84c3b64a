using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>Sixteen numbers, for AVX-512.</summary>
internal readonly unsafe struct ConvVector512(Vector512<float> value)
    : IConvVector<ConvVector512>
{
    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static bool HasManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector512 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector512 Fma(ConvVector512 a, ConvVector512 b, ConvVector512 c) =>
        new(Avx512F.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector512 operator +(ConvVector512 a, ConvVector512 b) =>
        new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector512 operator -(ConvVector512 a, ConvVector512 b) =>
        new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector512 operator *(ConvVector512 a, ConvVector512 b) =>
        new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector512 operator /(ConvVector512 a, ConvVector512 b) =>
        new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum(
        ConvVector512 a, ConvVector512 b, ConvVector512 c, ConvVector512 d)
    {
        var ab = Avx512F.UnpackLow(a._value, b._value) + Avx512F.UnpackHigh(a._value, b._value);
        var cd = Avx512F.UnpackLow(c._value, d._value) + Avx512F.UnpackHigh(c._value, d._value);
        var sums = Avx512F.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle()
            + Avx512F.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle();
        var half = sums.GetLower() + sums.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ConvVector512 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(float* source, nint sourceRow, float* target, nint targetRow)
    {
        // Four rows of 128-bit blocks at a time: gather the blocks, then transpose each 4 × 4.
        for (var block = 0; block < 4; block++)
        {
            var from = source + (4 * block);
            var to = target + (4 * block * targetRow);
            var a = Blocks(from, 4 * sourceRow);
            var b = Blocks(from + sourceRow, 4 * sourceRow);
            var c = Blocks(from + (2 * sourceRow), 4 * sourceRow);
            var d = Blocks(from + (3 * sourceRow), 4 * sourceRow);
            var ab0 = Avx512F.UnpackLow(a, b).AsDouble();
            var ab1 = Avx512F.UnpackHigh(a, b).AsDouble();
            var cd0 = Avx512F.UnpackLow(c, d).AsDouble();
            var cd1 = Avx512F.UnpackHigh(c, d).AsDouble();
            Avx512F.UnpackLow(ab0, cd0).AsSingle().Store(to);
            Avx512F.UnpackHigh(ab0, cd0).AsSingle().Store(to + targetRow);
            Avx512F.UnpackLow(ab1, cd1).AsSingle().Store(to + (2 * targetRow));
            Avx512F.UnpackHigh(ab1, cd1).AsSingle().Store(to + (3 * targetRow));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Blocks(float* from, nint step) => Vector512.Create(
        Vector256.Create(Vector128.Load(from), Vector128.Load(from + step)),
        Vector256.Create(Vector128.Load(from + (2 * step)), Vector128.Load(from + (3 * step))));
}
