using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A line and its phases: phase p of stride s is numbers p, p + s, p + 2s, …. Phases lie one after
/// another, a pitch apart. Two phases of 32-bit numbers are the halves of 64-bit lanes.
/// </summary>
internal static unsafe class PoolPhases
{
    /// <summary>
    /// Numbers that are read and written a phase may be as many as this more than asked for, less
    /// one.
    /// </summary>
    public const int Step = 16;

    /// <summary>A count rounded up to whole registers of any width.</summary>
    public static nint Whole(nint count) => (count + Step - 1) & -Step;

    /// <summary>
    /// How many of n columns whole registers of so many <paramref name="lanes"/> take, when
    /// <paramref name="room"/> numbers may be touched: all, or all but the last few.
    /// </summary>
    public static nint Full(nint n, nint room, int lanes) =>
        (n + lanes - 1) / lanes * lanes <= room ? n : n / lanes * lanes;

    /// <summary>phases[p·pitch + k] = line[k·stride + p] for the first count k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Split<T>(T* line, T* phases, int stride, nint pitch, nint count)
        where T : unmanaged
    {
        if (stride == 2 && sizeof(T) == sizeof(uint))
        {
            Split((ulong*)line, (uint*)phases, (uint*)phases + pitch, count);
            return;
        }

        for (var p = 0; p < stride; p++, line++, phases += pitch)
        {
            var from = line;
            for (nint k = 0; k < count; k++, from += stride)
            {
                phases[k] = *from;
            }
        }
    }

    /// <summary>line[k·stride + p] = phases[p·pitch + k] for the first count k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join<T>(T* phases, T* line, int stride, nint pitch, nint count)
        where T : unmanaged
    {
        if (stride == 2 && sizeof(T) == sizeof(uint))
        {
            Join((uint*)phases, (uint*)phases + pitch, (ulong*)line, count);
            return;
        }

        for (var p = 0; p < stride; p++, line++, phases += pitch)
        {
            var to = line;
            for (nint k = 0; k < count; k++, to += stride)
            {
                *to = phases[k];
            }
        }
    }

    /// <summary>The low halves of the first count lanes, and the high halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split(ulong* line, uint* even, uint* odd, nint count)
    {
        for (nint k = 0; k < count; k += Step, line += Step)
        {
            if (Simd.Wide)
            {
                var (a, b) = (Vector512.Load(line), Vector512.Load(line + 8));
                Vector512.Narrow(a, b).Store(even + k);
                Vector512.Narrow(a >>> 32, b >>> 32).Store(odd + k);
                continue;
            }

            for (var at = 0; at < Step; at += 8)
            {
                var (a, b) = (Vector256.Load(line + at), Vector256.Load(line + at + 4));
                Vector256.Narrow(a, b).Store(even + k + at);
                Vector256.Narrow(a >>> 32, b >>> 32).Store(odd + k + at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join(uint* even, uint* odd, ulong* line, nint count)
    {
        for (nint k = 0; k < count; k += Step, line += Step)
        {
            if (Simd.Wide)
            {
                var (a, b) = Vector512.Widen(Vector512.Load(even + k));
                var (c, d) = Vector512.Widen(Vector512.Load(odd + k));
                (a | (c << 32)).Store(line);
                (b | (d << 32)).Store(line + 8);
                continue;
            }

            for (var at = 0; at < Step; at += 8)
            {
                var (a, b) = Vector256.Widen(Vector256.Load(even + k + at));
                var (c, d) = Vector256.Widen(Vector256.Load(odd + k + at));
                (a | (c << 32)).Store(line + at);
                (b | (d << 32)).Store(line + at + 4);
            }
        }
    }
}
