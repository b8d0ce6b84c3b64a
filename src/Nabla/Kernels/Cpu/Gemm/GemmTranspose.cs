using System.Runtime.CompilerServices;
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
            Blocks(rows & -8, fast, (float*)from, fromStride, (float*)to, toStride);
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

    /// <summary>Blocks of 16 × 16 where registers are as wide, else and at the edges of 8 × 8.
    /// </summary>
    private static void Blocks(
        int rows, int columns, float* from, nint fromStride, float* to, nint toStride)
    {
        int wideRows = 0, wideColumns = 0;
        if (Avx512F.IsSupported)
        {
            (wideRows, wideColumns) = (rows & -16, columns & -16);
            Blocks<ConvVector512>(wideRows, wideColumns, from, fromStride, to, toStride);
        }

        Blocks<ConvVector256>(
            wideRows, columns - wideColumns, from + wideColumns, fromStride,
            to + (wideColumns * toStride), toStride);
        Blocks<ConvVector256>(
            rows - wideRows, columns, from + (wideRows * fromStride), fromStride, to + wideRows,
            toStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks<V>(
        int rows, int columns, float* from, nint fromStride, float* to, nint toStride)
        where V : unmanaged, IConvVector<V>
    {
        // Few rows at a time: many may share a cache set.
        for (nint r = 0; r < rows; r += V.Count)
        {
            for (nint c = 0; c < columns; c += V.Count)
            {
                V.Transpose(
                    from + (r * fromStride) + c, fromStride, to + (c * toStride) + r, toStride);
            }
        }
    }
}
