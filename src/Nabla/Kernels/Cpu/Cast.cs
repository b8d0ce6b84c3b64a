using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Conversions between element types, with PyTorch's meaning: a float becomes an integer by
/// truncation, anything becomes a bool by "is not 0", an integer keeps its low bits in a narrower
/// one, and a float becomes a uint8 by way of int64. Beyond an integer's range a float saturates;
/// NaN becomes 0.
/// </summary>
public static unsafe class Cast
{
    /// <summary>Bytes an element takes.</summary>
    public static int SizeOf(DType type) => type switch
    {
        DType.Float64 or DType.Int64 => 8,
        DType.Float32 or DType.Int32 => 4,
        DType.Float16 or DType.BFloat16 => 2,
        _ => 1,
    };

    /// <summary>
    /// The loop (source, destination, n) that converts n contiguous elements. Equal types copy.
    /// </summary>
    public static delegate*<void*, void*, nint, void> Tile(DType from, DType to)
    {
        var fast = CastSimd.Tile(from, to);
        return fast != null ? fast : from switch
        {
            DType.Float32 => From<float>(to),
            DType.Float64 => From<double>(to),
            DType.Int64 => From<long>(to),
            DType.Int32 => From<int>(to),
            DType.UInt8 => From<byte>(to),
            DType.Bool => From<bool>(to),
            DType.Float16 => From<Half>(to),
            DType.BFloat16 => From<BFloat16>(to),
            _ => throw new UnreachableException($"an element type {from}"),
        };
    }

    private static delegate*<void*, void*, nint, void> From<TFrom>(DType to)
        where TFrom : unmanaged => to switch
        {
            DType.Float32 => &Loop<TFrom, float>,
            DType.Float64 => &Loop<TFrom, double>,
            DType.Int64 => &Loop<TFrom, long>,
            DType.Int32 => &Loop<TFrom, int>,
            DType.UInt8 => &Loop<TFrom, byte>,
            DType.Bool => &Loop<TFrom, bool>,
            DType.Float16 => &Loop<TFrom, Half>,
            DType.BFloat16 => &Loop<TFrom, BFloat16>,
            _ => throw new UnreachableException($"an element type {to}"),
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TFrom, TTo>(void* source, void* destination, nint n)
        where TFrom : unmanaged where TTo : unmanaged
    {
        if (typeof(TFrom) == typeof(TTo))
        {
            Buffer.MemoryCopy(source, destination, n * sizeof(TTo), n * sizeof(TTo));
            return;
        }

        for (nint i = 0; i < n; i++)
        {
            ((TTo*)destination)[i] = Convert<TFrom, TTo>(((TFrom*)source)[i]);
        }
    }

    /// <summary>Converts one element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TTo Convert<TFrom, TTo>(TFrom value)
        where TFrom : unmanaged where TTo : unmanaged
    {
        if (typeof(TFrom) == typeof(float))
        {
            return FromFloat<TTo>((float)(object)value);
        }

        if (typeof(TFrom) == typeof(Half))
        {
            return FromFloat<TTo>((float)(Half)(object)value);
        }

        if (typeof(TFrom) == typeof(BFloat16))
        {
            return FromFloat<TTo>((float)(BFloat16)(object)value);
        }

        if (typeof(TFrom) == typeof(double))
        {
            return FromDouble<TTo>((double)(object)value);
        }

        return FromLong<TTo>(
            typeof(TFrom) == typeof(long) ? (long)(object)value
            : typeof(TFrom) == typeof(int) ? (int)(object)value
            : typeof(TFrom) == typeof(byte) ? (byte)(object)value
            : (bool)(object)value ? 1 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FromFloat<T>(float value) where T : unmanaged =>
        typeof(T) == typeof(float) ? (T)(object)value
        : typeof(T) == typeof(double) ? (T)(object)(double)value
        : typeof(T) == typeof(Half) ? (T)(object)(Half)value
        : typeof(T) == typeof(BFloat16) ? (T)(object)(BFloat16)value
        : typeof(T) == typeof(long) ? (T)(object)(long)value
        : typeof(T) == typeof(int) ? (T)(object)(int)value
        : typeof(T) == typeof(byte) ? (T)(object)unchecked((byte)(long)value)
        : (T)(object)(value != 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FromDouble<T>(double value) where T : unmanaged =>
        typeof(T) == typeof(double) ? (T)(object)value
        : typeof(T) == typeof(long) ? (T)(object)(long)value
        : typeof(T) == typeof(int) ? (T)(object)(int)value
        : typeof(T) == typeof(byte) ? (T)(object)unchecked((byte)(long)value)
        : typeof(T) == typeof(bool) ? (T)(object)(value != 0)
        : FromFloat<T>((float)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FromLong<T>(long value) where T : unmanaged =>
        typeof(T) == typeof(double) ? (T)(object)(double)value
        : typeof(T) == typeof(long) ? (T)(object)value
        : typeof(T) == typeof(int) ? (T)(object)unchecked((int)value)
        : typeof(T) == typeof(byte) ? (T)(object)unchecked((byte)value)
        : typeof(T) == typeof(bool) ? (T)(object)(value != 0)
        : FromFloat<T>((float)value);
}
