using System.Runtime.CompilerServices;

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

    /// <summary>A's rows and B's columns are contiguous, and one of C's sides is short.</summary>
    public static bool Suits(in GemmProblem<T> p) =>
        p.ACol == 1 && p.BRow == 1 && Math.Min(p.M, p.N) <= MaxFew && p.K >= 4 * S.Width;

    public static void Run(in GemmProblem<T> p)
    {
        var many = Math.Max(p.M, p.N);
        var tiles = (many + Tile - 1) / Tile;
        var tileWork = Tile * (double)Math.Min(p.M, p.N) * p.K;
        var perChunk = (int)Math.Clamp(MinWork / tileWork, 1, tiles);
        var body = new Body { Problem = p, Many = perChunk * Tile };
        WorkerTeam.For((tiles + perChunk - 1) / perChunk, ref body);
    }

    /// <summary>
    /// to[i, j] = Σₖ a[i, k]·b[j, k] for up to 4 rows of a and 4 of b; writes 4 columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Dots(
        int k, int rowsA, T* a, nint lda, int rowsB, T* b, nint ldb, T* to, nint stride)
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
            using var lease = Scratch.Rent<T>(m * ld);
            var sums = (T*)lease.Pointer;
            Cover(p.K, m, a, p.ARow, n, b, p.BCol, sums, ld);

            var args = GemmTileArgs<T>.Whole(p);
            args.C += tall ? begin * p.Ldc : begin;
            args.RowBias = args.RowBias == null || !tall ? args.RowBias : args.RowBias + begin;
            args.ColumnBias = args.ColumnBias == null || tall
                ? args.ColumnBias
                : args.ColumnBias + begin;
            GemmFinish.Run<S, V, T>(m, n, sums, ld, &args);
        }

        /// <summary>The long side is outside: it streams, the short one stays in L1.</summary>
        private static void Cover(
            int k, int m, T* a, nint lda, int n, T* b, nint ldb, T* to, nint stride)
        {
            var tall = m > n;
            for (var outer = 0; outer < (tall ? m : n); outer += Tile)
            {
                for (var inner = 0; inner < (tall ? n : m); inner += Tile)
                {
                    var (i, j) = tall ? (outer, inner) : (inner, outer);
                    Dots(
                        k, Math.Min(Tile, m - i), a + (i * lda), lda,
                        Math.Min(Tile, n - j), b + (j * ldb), ldb,
                        to + (i * stride) + j, stride);
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
