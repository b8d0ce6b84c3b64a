using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The products at one point, by the micro-kernels of <see cref="GemmTile"/>: small matrices whose
/// layout is known, so that no packing, edge or epilogue is left to do.
/// </summary>
internal static unsafe class WinogradProduct
{
    /// <summary>C (rows × panel) = or += A (rows × k) · B (k × panel), A's rows contiguous or,
    /// with <paramref name="columnMajor"/>, its columns.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="k">The inner dimension.</param>
    /// <param name="a">A[0, 0].</param>
    /// <param name="lda">Distance of A's rows, or columns.</param>
    /// <param name="b">B[0, 0].</param>
    /// <param name="ldb">Distance of B's rows.</param>
    /// <param name="c">C[0, 0].</param>
    /// <param name="ldc">Distance of C's rows.</param>
    /// <param name="accumulate">Adds to C.</param>
    /// <param name="columnMajor">A's columns are contiguous.</param>
    public static void Run<V>(
        int rows,
        nint k,
        float* a,
        nint lda,
        float* b,
        nint ldb,
        float* c,
        nint ldc,
        bool accumulate,
        bool columnMajor)
        where V : unmanaged, IConvVector<V>
    {
        if (V.Count == 16)
        {
            Run<GemmFloat512, Vector512<float>>(
                rows, k, a, lda, b, ldb, c, ldc, accumulate, columnMajor);
        }
        else if (V.Count == 8)
        {
            Run<GemmFloat256, Vector256<float>>(
                rows, k, a, lda, b, ldb, c, ldc, accumulate, columnMajor);
        }
        else
        {
            Run<GemmFloat128, Vector128<float>>(
                rows, k, a, lda, b, ldb, c, ldc, accumulate, columnMajor);
        }
    }

    /// <summary>The same of an A that is 0.</summary>
    /// <param name="rows">Rows of C.</param>
    /// <param name="columns">Columns of C.</param>
    /// <param name="c">C[0, 0].</param>
    /// <param name="ldc">Distance of C's rows.</param>
    public static void Clear(int rows, int columns, float* c, nint ldc)
    {
        for (var row = 0; row < rows; row++)
        {
            new Span<float>(c + (row * ldc), columns).Clear();
        }
    }

    private static void Run<S, V>(
        int rows,
        nint k,
        float* a,
        nint lda,
        float* b,
        nint ldb,
        float* c,
        nint ldc,
        bool accumulate,
        bool columnMajor)
        where S : struct, IGemmLanes<V, float>
        where V : unmanaged
    {
        var args = new GemmTileArgs<float> { Accumulate = accumulate, Plain = true };
        var tiles = (rows + S.MaxRows - 1) / S.MaxRows;
        for (var tile = 0; tile < tiles; tile++)
        {
            // Tiles of about the same height.
            var height = (rows + tiles - tile - 1) / (tiles - tile);
            rows -= height;
            GemmTiles<S, V, float>.Get(height, 2, columnMajor)(
                k, a, lda, b, ldb, c, ldc, &args);
            a += columnMajor ? height : height * lda;
            c += height * ldc;
        }
    }
}
