using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A few rows of A times many columns of B (or many rows times a few columns) whose numbers lie
/// side by side along k, such as a small batch times a weight: dot products read the large operand
/// once and as it is, where packing it would cost more than the product.
/// </summary>
internal static unsafe class GemmDots<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    /// <summary>Both sides of a tile of dot products.</summary>
    private const int Tile = 4;

    private const int MaxFew = 32;
    private const int MinWork = 64 * 1024;

    /// <summary>Bytes of a short side that goes through a core's caches once a tile, and its rows
    /// from which there are tiles enough to ask for the long side meanwhile: it goes by blocks of
    /// k, which stay near for all tiles of a chunk.</summary>
    private const int LeastBlocked = 128 << 10;
    private const int LeastRows = 12;

    /// <summary>Bytes of such a block.</summary>
    private const int MaxBlock = 32 << 10;

    /// <summary>Tiles of a chunk at most that share such a block, and chunks to leave for some
    /// threads.</summary>
    private const int BlockTiles = 16;
    private const int WantedChunks = 16;

    /// <summary>A's rows and B's columns are contiguous, and one of C's sides is short.</summary>
    public static bool Suits(in GemmProblem<T> p) =>
        p.ACol == 1 && p.BRow == 1 && Math.Min(p.M, p.N) <= MaxFew && p.K >= 4 * S.Width;

    public static void Run(in GemmProblem<T> p)
    {
        var many = Math.Max(p.M, p.N);
        var tiles = (many + Tile - 1) / Tile;
        var few = Math.Min(p.M, p.N);
        var blockK = BlockK(p.K, few);
        var least = blockK >= p.K ? 1 : Math.Clamp(tiles / WantedChunks, 1, BlockTiles);
        var perChunk = (int)Math.Clamp(MinWork / (Tile * (double)few * p.K), least, tiles);
        var body = new Body { Problem = p, Many = perChunk * Tile, BlockK = blockK };
        WorkerTeam.For((tiles + perChunk - 1) / perChunk, ref body);
    }

    /// <summary>Blocks of even length, in whole registers; or all of k.</summary>
    private static int BlockK(int k, int few)
    {
        if (few < LeastRows || (long)few * k * sizeof(T) < LeastBlocked)
        {
            return k;
        }

        var most = MaxBlock / (few * sizeof(T));
        var blocks = (k + most - 1) / most;
        return (((k + blocks - 1) / blocks) + S.Width - 1) & -S.Width;
    }

    /// <summary>
    /// to[i, j] = Σₖ a[i, k]·b[j, k] for up to 4 rows of a and 4 of b; writes 4 columns. For
    /// <typeparamref name="P"/> = 1 it asks for a row of what comes next meanwhile.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dots<P>(
        int k, int rowsA, T* a, nint lda, int rowsB, T* b, nint ldb, T* to, nint stride, T* next)
        where P : struct, IGemmConst
    {
        // Rows beyond the last repeat it, so that one loop serves every size.
        var a1 = a + (Math.Min(1, rowsA - 1) * lda);
        var a2 = a + (Math.Min(2, rowsA - 1) * lda);
        var a3 = a + (Math.Min(3, rowsA - 1) * lda);
        var b1 = b + (Math.Min(1, rowsB - 1) * ldb);
        var b2 = b + (Math.Min(2, rowsB - 1) * ldb);
        var b3 = b + (Math.Min(3, rowsB - 1) * ldb);
        GemmDotRow<S, V, T> r0 = default, r1 = default, r2 = default, r3 = default;
        nint i = 0;
        for (; i + S.Width <= k; i += S.Width)
        {
            var (x0, x1) = (S.Load(b + i), S.Load(b1 + i));
            var (x2, x3) = (S.Load(b2 + i), S.Load(b3 + i));
            if (P.Value == 1 && Sse.IsSupported)
            {
                Sse.Prefetch0(next + i);
            }

            r0.Step(S.Load(a + i), x0, x1, x2, x3);
            r1.Step(S.Load(a1 + i), x0, x1, x2, x3);
            r2.Step(S.Load(a2 + i), x0, x1, x2, x3);
            r3.Step(S.Load(a3 + i), x0, x1, x2, x3);
        }

        if (i < k)
        {
            var rest = (int)(k - i);
            var (x0, x1) = (S.LoadPart(b + i, rest), S.LoadPart(b1 + i, rest));
            var (x2, x3) = (S.LoadPart(b2 + i, rest), S.LoadPart(b3 + i, rest));
            r0.Step(S.LoadPart(a + i, rest), x0, x1, x2, x3);
            r1.Step(S.LoadPart(a1 + i, rest), x0, x1, x2, x3);
            r2.Step(S.LoadPart(a2 + i, rest), x0, x1, x2, x3);
            r3.Step(S.LoadPart(a3 + i, rest), x0, x1, x2, x3);
        }

        r0.Put(to);
        if (rowsA > 1)
        {
            r1.Put(to + stride);
        }

        if (rowsA > 2)
        {
            r2.Put(to + (2 * stride));
        }

        if (rowsA > 3)
        {
            r3.Put(to + (3 * stride));
        }
    }

    private struct Body : IChunkBody
    {
        public GemmProblem<T> Problem;

        /// <summary>Rows or columns of the long side in a chunk.</summary>
        public int Many;

        /// <summary>Length of a block along k.</summary>
        public int BlockK;

        public readonly void Run(int chunk)
        {
            ref readonly var p = ref Problem;
            var tall = p.M > p.N;
            var begin = chunk * Many;
            var count = Math.Min(Many, (tall ? p.M : p.N) - begin);
            int m = tall ? count : p.M, n = tall ? p.N : count;
            var a = tall ? p.A + (begin * p.ARow) : p.A;
            var b = tall ? p.B : p.B + (begin * p.BCol);
            nint ld = ((n + Tile - 1) & -Tile) + S.Width;
            var size = ((m * ld) + S.Width - 1) & -S.Width;
            using var lease = Scratch.Rent<T>(2 * size);
            var sums = (T*)lease.Pointer;
            var part = sums + size;
            if (BlockK == p.K)
            {
                Cover<N0>(p.K, m, a, p.ARow, n, b, p.BCol, sums, ld);
            }
            else
            {
                Cover<N1>(BlockK, m, a, p.ARow, n, b, p.BCol, sums, ld);
            }

            for (var k = BlockK; k < p.K; k += BlockK)
            {
                Cover<N1>(
                    Math.Min(BlockK, p.K - k), m, a + k, p.ARow, n, b + k, p.BCol, part, ld);
                for (nint i = 0; i < size; i += S.Width)
                {
                    S.Store(sums + i, S.Add(S.Load(sums + i), S.Load(part + i)));
                }
            }

            var args = GemmTileArgs<T>.Whole(p);
            args.C += tall ? begin * p.Ldc : begin;
            args.RowBias = args.RowBias == null || !tall ? args.RowBias : args.RowBias + begin;
            args.ColumnBias = args.ColumnBias == null || tall
                ? args.ColumnBias
                : args.ColumnBias + begin;
            GemmFinish.Run<S, V, T>(m, n, sums, ld, &args);
        }

        /// <summary>The long side is outside: it streams, the short one stays near. Each tile of
        /// the first few asks for a row of the next ones on the long side.</summary>
        private static void Cover<P>(
            int k, int m, T* a, nint lda, int n, T* b, nint ldb, T* to, nint stride)
            where P : struct, IGemmConst
        {
            var tall = m > n;
            for (var outer = 0; outer < (tall ? m : n); outer += Tile)
            {
                for (var inner = 0; inner < (tall ? n : m); inner += Tile)
                {
                    var (i, j) = tall ? (outer, inner) : (inner, outer);
                    var ahead = Math.Min(
                        outer + Tile + Math.Min(inner / Tile, Tile - 1), (tall ? m : n) - 1);
                    Dots<P>(
                        k, Math.Min(Tile, m - i), a + (i * lda), lda,
                        Math.Min(Tile, n - j), b + (j * ldb), ldb,
                        to + (i * stride) + j, stride,
                        tall ? a + (ahead * lda) : b + (ahead * ldb));
                }
            }
        }
    }
}

/// <summary>The products of one row with four others.</summary>
internal unsafe struct GemmDotRow<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    private V _a;
    private V _b;
    private V _c;
    private V _d;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(V x, V a, V b, V c, V d)
    {
        _a = S.Fma(x, a, _a);
        _b = S.Fma(x, b, _b);
        _c = S.Fma(x, c, _c);
        _d = S.Fma(x, d, _d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Put(T* to) => S.Sums(to, _a, _b, _c, _d);
}
