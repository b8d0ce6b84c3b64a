using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>Four numbers, for every processor.</summary>
internal readonly unsafe struct ConvVector128(Vector128<float> value)
    : IConvVector<ConvVector128>
{
    private readonly Vector128<float> _value = value;

    public static int Count => 4;

    public static bool HasManyRegisters => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector128 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector128 Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector128 Fma(ConvVector128 a, ConvVector128 b, ConvVector128 c) =>
        new(Vector128.MultiplyAddEstimate(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector128 operator +(ConvVector128 a, ConvVector128 b) =>
        new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector128 operator -(ConvVector128 a, ConvVector128 b) =>
        new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector128 operator *(ConvVector128 a, ConvVector128 b) =>
        new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ConvVector128 operator /(ConvVector128 a, ConvVector128 b) =>
        new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sum(
        ConvVector128 a, ConvVector128 b, ConvVector128 c, ConvVector128 d) => Vector128.Create(
            Vector128.Sum(a._value),
            Vector128.Sum(b._value),
            Vector128.Sum(c._value),
            Vector128.Sum(d._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ConvVector128 value, float* target) => value._value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(float* source, nint sourceRow, float* target, nint targetRow)
    {
        for (var i = 0; i < 4; i++)
        {
            Vector128.Create(
                source[i],
                source[sourceRow + i],
                source[(2 * sourceRow) + i],
                source[(3 * sourceRow) + i]).Store(target + (i * targetRow));
        }
    }
}
