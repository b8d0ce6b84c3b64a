using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>Copies a matrix into its transpose, by blocks that fit into registers.</summary>
internal static unsafe class GemmTranspose
{
    /// <summary>to[c, r] = from[r, c] for all r &lt; rows and c &lt; columns.</summary>
    public static void Run<T>(
        int rows, int columns, T* from, nint fromStride, T* to, nint toStride)
        where T : unmanaged
    {
        var fast = 0;
        if (typeof(T) == typeof(float) && Avx.IsSupported && rows >= 8)
        {
            fast = columns & -8;
            var wide = Avx512F.IsSupported ? rows & -16 : 0;
            WideBlocks(wide, fast, (float*)from, fromStride, (float*)to, toStride);
            Blocks(
                (rows & -8) - wide, fast, (float*)from + (wide * fromStride), fromStride,
                (float*)to + wide, toStride);
            for (var r = rows & -8; r < rows; r++)
            {
                for (var c = 0; c < fast; c++)
                {
                    to[(c * toStride) + r] = from[(r * fromStride) + c];
                }
            }
        }

        for (var c = fast; c < columns; c++)
        {
            for (var r = 0; r < rows; r++)
            {
                to[(c * toStride) + r] = from[(r * fromStride) + c];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WideBlocks(
        int rows, int columns, float* from, nint fromStride, float* to, nint toStride)
    {
        for (nint r = 0; r < rows; r += 16)
        {
            for (nint c = 0; c < columns; c += 4)
            {
                Quarter(
                    from + (r * fromStride) + c, fromStride, to + (c * toStride) + r, toStride);
            }
        }
    }

    /// <summary>16 rows of 4 into 4 rows of 16: quarters of a register meet while they load.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(float* from, nint s, float* to, nint t)
    {
        var a = Quarters(from, s);
        var b = Quarters(from + s, s);
        var c = Quarters(from + (2 * s), s);
        var d = Quarters(from + (3 * s), s);
        var lowAB = Avx512F.UnpackLow(a, b);
        var highAB = Avx512F.UnpackHigh(a, b);
        var lowCD = Avx512F.UnpackLow(c, d);
        var highCD = Avx512F.UnpackHigh(c, d);
        Avx512F.Shuffle(lowAB, lowCD, 0x44).Store(to);
        Avx512F.Shuffle(lowAB, lowCD, 0xEE).Store(to + t);
        Avx512F.Shuffle(highAB, highCD, 0x44).Store(to + (2 * t));
        Avx512F.Shuffle(highAB, highCD, 0xEE).Store(to + (3 * t));
    }

    /// <summary>The starts of every fourth row of sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* from, nint s)
    {
        var low = Vector256.Create(Vector128.Load(from), Vector128.Load(from + (4 * s)));
        var high = Vector256.Create(
            Vector128.Load(from + (8 * s)), Vector128.Load(from + (12 * s)));
        return Vector512.Create(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks(
        int rows, int columns, float* from, nint fromStride, float* to, nint toStride)
    {
        // Eight rows at a time: more may share a cache set.
        for (nint r = 0; r < rows; r += 8)
        {
            for (nint c = 0; c < columns; c += 8)
            {
                Block(from + (r * fromStride) + c, fromStride, to + (c * toStride) + r, toStride);
            }
        }
    }

    /// <summary>8 × 8: halves meet while they load, so two rounds of shuffles are enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* from, nint fromStride, float* to, nint toStride)
    {
        Half(from, fromStride, to, toStride);
        Half(from + 4, fromStride, to + (4 * toStride), toStride);
    }

    /// <summary>8 rows of 4 into 4 rows of 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(float* from, nint s, float* to, nint t)
    {
        var r04 = Vector256.Create(Vector128.Load(from), Vector128.Load(from + (4 * s)));
        var r15 = Vector256.Create(Vector128.Load(from + s), Vector128.Load(from + (5 * s)));
        var r26 = Vector256.Create(
            Vector128.Load(from + (2 * s)), Vector128.Load(from + (6 * s)));
        var r37 = Vector256.Create(
            Vector128.Load(from + (3 * s)), Vector128.Load(from + (7 * s)));
        var low01 = Avx.UnpackLow(r04, r15);
        var high01 = Avx.UnpackHigh(r04, r15);
        var low23 = Avx.UnpackLow(r26, r37);
        var high23 = Avx.UnpackHigh(r26, r37);
        Avx.Shuffle(low01, low23, 0x44).Store(to);
        Avx.Shuffle(low01, low23, 0xEE).Store(to + t);
        Avx.Shuffle(high01, high23, 0x44).Store(to + (2 * t));
        Avx.Shuffle(high01, high23, 0xEE).Store(to + (3 * t));
    }
}
