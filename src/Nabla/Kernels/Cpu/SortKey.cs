using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Numbers as unsigned keys of the same order, so that sorting compares integers.
/// </summary>
internal static class SortKey
{
    /// <summary>
    /// The key of a number, in the low sizeof(T) bytes. NaN is above every number and −0 equals 0,
    /// as in torch.sort; descending keys are the complement, so equal numbers stay equal.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of<T>(T value, bool descending)
        where T : unmanaged, INumberBase<T>
    {
        var key = Ascending(value);
        return descending ? ~key & (ulong.MaxValue >> (64 - (8 * Unsafe.SizeOf<T>()))) : key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Ascending<T>(T value)
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(float))
        {
            // −0 + 0 is +0.
            var number = (float)(object)value + 0f;
            var bits = BitConverter.SingleToUInt32Bits(number);
            return float.IsNaN(number) ? uint.MaxValue
                : (bits >> 31) != 0 ? ~bits : bits | 0x8000_0000;
        }

        if (typeof(T) == typeof(double))
        {
            var number = (double)(object)value + 0d;
            var bits = BitConverter.DoubleToUInt64Bits(number);
            return double.IsNaN(number) ? ulong.MaxValue
                : (bits >> 63) != 0 ? ~bits : bits | 0x8000_0000_0000_0000;
        }

        if (typeof(T) == typeof(int))
        {
            return (uint)(int)(object)value ^ 0x8000_0000;
        }

        if (typeof(T) == typeof(long))
        {
            return (ulong)(long)(object)value ^ 0x8000_0000_0000_0000;
        }

        return typeof(T) == typeof(byte)
            ? (byte)(object)value
            : throw new NotSupportedException(
                $"Sort orders float, double, long, int and byte but got {typeof(T).Name}; "
                + "convert first?");
    }
}
