using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Matrix transposition in tiles of 16 × 16, so that a cache line is read whole and written whole.
/// </summary>
internal static unsafe class Transpose
{
    private const int Tile = 16;

    /// <summary>
    /// y[c·yStride + r] = x[r·xStride + c] for r below rows and c below columns; strides in
    /// elements of 1, 2, 4 or 8 bytes.
    /// </summary>
    public static void Run(void* x, long xStride, void* y, long yStride,
        long rows, long columns, int elementSize)
    {
        switch (elementSize)
        {
            case 1:
                Scalar((byte*)x, xStride, (byte*)y, yStride, rows, columns);
                break;
            case 2:
                Scalar((ushort*)x, xStride, (ushort*)y, yStride, rows, columns);
                break;
            case 4 when Avx.IsSupported:
                Floats((float*)x, xStride, (float*)y, yStride, rows, columns);
                break;
            case 4:
                Scalar((uint*)x, xStride, (uint*)y, yStride, rows, columns);
                break;
            default:
                Scalar((ulong*)x, xStride, (ulong*)y, yStride, rows, columns);
                break;
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Floats(
        float* x, long xStride, float* y, long yStride, long rows, long columns)
    {
        var wholeRows = rows & -8;
        var wholeColumns = columns & -8;
        for (long r = 0; r < wholeRows; r += Tile)
        {
            for (long c = 0; c < wholeColumns; c += Tile)
            {
                for (var i = r; i < Math.Min(r + Tile, wholeRows); i += 8)
                {
                    for (var j = c; j < Math.Min(c + Tile, wholeColumns); j += 8)
                    {
                        Eight(x + (i * xStride) + j, xStride, y + (j * yStride) + i, yStride);
                    }
                }
            }
        }

        Scalar((uint*)x + wholeColumns, xStride, (uint*)y + (wholeColumns * yStride), yStride,
            wholeRows, columns - wholeColumns);
        Scalar((uint*)x + (wholeRows * xStride), xStride, (uint*)y + wholeRows, yStride,
            rows - wholeRows, columns);
    }

    [MethodImpl(AggressiveInlining)]
    private static void Eight(float* x, long xStride, float* y, long yStride)
    {
        var (a0, a1) = Pair(x, x + xStride);
        var (a2, a3) = Pair(x + (2 * xStride), x + (3 * xStride));
        var (a4, a5) = Pair(x + (4 * xStride), x + (5 * xStride));
        var (a6, a7) = Pair(x + (6 * xStride), x + (7 * xStride));
        Quad(a0, a2, a4, a6, y, yStride, 0x44);
        Quad(a0, a2, a4, a6, y + yStride, yStride, 0xEE);
        Quad(a1, a3, a5, a7, y + (2 * yStride), yStride, 0x44);
        Quad(a1, a3, a5, a7, y + (3 * yStride), yStride, 0xEE);
    }

    [MethodImpl(AggressiveInlining)]
    private static (Vector256<float> Low, Vector256<float> High) Pair(float* p, float* q)
    {
        var (a, b) = (Vector256.Load(p), Vector256.Load(q));
        return (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
    }

    /// <summary>Writes a column of the left half, and its fellow of the right half.</summary>
    [MethodImpl(AggressiveInlining)]
    private static void Quad(Vector256<float> a, Vector256<float> b, Vector256<float> c,
        Vector256<float> d, float* y, long yStride, [ConstantExpected] byte halves)
    {
        var upper = Avx.Shuffle(a, b, halves);
        var lower = Avx.Shuffle(c, d, halves);
        Avx.Permute2x128(upper, lower, 0x20).Store(y);
        Avx.Permute2x128(upper, lower, 0x31).Store(y + (4 * yStride));
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Scalar<T>(
        T* x, long xStride, T* y, long yStride, long rows, long columns) where T : unmanaged
    {
        for (long r = 0; r < rows; r += Tile)
        {
            var stop = Math.Min(r + Tile, rows);
            for (long c = 0; c < columns; c++)
            {
                for (var i = r; i < stop; i++)
                {
                    y[(c * yStride) + i] = x[(i * xStride) + c];
                }
            }
        }
    }
}
