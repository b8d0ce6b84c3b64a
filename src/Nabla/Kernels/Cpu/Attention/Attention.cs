using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Scaled dot-product attention in tiles of queries and keys, with a running softmax: the matrix of
/// all weights is never in memory. Source: Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022,
/// algorithms 1 and 4. A query whose scores are all −∞ gives 0, also as its gradients.
/// </summary>
internal static unsafe class Attention
{
    /// <summary>Queries of a tile.</summary>
    public const int TileQueries = 128;

    /// <summary>Keys of a tile: its scores stay in L2.</summary>
    public const int TileKeys = 256;

    /// <summary>Distance of a tile's rows: off the multiples of a page.</summary>
    private const int Stride = TileKeys + 16;

    private const int TileSize = TileQueries * Stride;

    /// <summary>Writes the output and the logarithms of the sums.</summary>
    public static void Forward<T>(in AttentionProblem<T> problem) where T : unmanaged
    {
        fixed (AttentionProblem<T>* p = &problem)
        {
            LaneWork.Run<T, ForwardWork<T>>(new(p));
        }
    }

    /// <summary>Writes the gradients of q, k and v from inputs, output and logarithms.</summary>
    public static void Backward<T>(in AttentionProblem<T> problem) where T : unmanaged
    {
        fixed (AttentionProblem<T>* p = &problem)
        {
            LaneWork.Run<T, BackwardWork<T>>(new(p));
        }
    }

    private static void Product<T>(int m, int n, int k, T* a, nint aRow, nint aCol, T* b,
        nint bRow, nint bCol, T* c, nint ldc, bool add)
        where T : unmanaged
    {
        var epilogue = new GemmEpilogue { Accumulate = add };
        Gemm.Run(m, n, k, a, aRow, aCol, b, bRow, bCol, c, ldc, epilogue);
    }

    private static void Clear<T>(T* to, int rows, nint stride, int width) where T : unmanaged
    {
        for (nint r = 0; r < rows; r++)
        {
            new Span<T>(to + (r * stride), width).Clear();
        }
    }

    private readonly struct ForwardWork<T>(AttentionProblem<T>* p) : ILaneWork
        where T : unmanaged
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var tiles = (p->Queries + TileQueries - 1) / TileQueries;
            var body = new ForwardTiles<T, V>(p, tiles);
            WorkerTeam.For(checked((int)(p->Batch * p->Heads * tiles)), ref body);
        }
    }

    private readonly struct BackwardWork<T>(AttentionProblem<T>* p) : ILaneWork
        where T : unmanaged
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var body = new BackwardHeads<T, V>(p);
            WorkerTeam.For(checked((int)(p->Batch * p->Heads)), ref body);
        }
    }

    /// <summary>A chunk is a tile of queries of one head.</summary>
    private readonly struct ForwardTiles<T, V>(AttentionProblem<T>* p, int tiles) : IChunkBody
        where T : unmanaged
        where V : unmanaged, ILanes<V>
    {
        [SkipLocalsInit]
        public void Run(int chunk)
        {
            var (batch, head) = Math.DivRem(chunk / tiles, p->Heads);
            var first = chunk % tiles * TileQueries;
            var rows = Math.Min(TileQueries, p->Queries - first);
            using var scratch = Scratch.Rent<T>(TileSize + (2 * TileKeys));
            var scores = (T*)scratch.Pointer;
            var keep = (float*)(scores + TileSize);
            var max = stackalloc double[TileQueries];
            var sum = stackalloc double[TileQueries];
            new Span<double>(max, rows).Fill(double.NegativeInfinity);
            new Span<double>(sum, rows).Clear();
            var y = p->Y.At(batch, head, first);
            Clear(y, rows, p->Y.Token, p->ValueWidth);
            for (var key = 0; key < p->Keys; key += TileKeys)
            {
                var width = p->Visible(first + rows - 1, key, Math.Min(TileKeys, p->Keys - key));
                if (width == 0)
                {
                    break;
                }
                Product(rows, width, p->Width, p->Q.At(batch, head, first), p->Q.Token,
                    p->Q.Feature, p->K.At(batch, head, key), p->K.Feature, p->K.Token,
                    scores, Stride, add: false);
                for (var r = 0; r < rows; r++)
                {
                    var row = scores + ((nint)r * Stride);
                    var seen = p->Visible(first + r, key, width);
                    var mask = p->Mask.IsGiven
                        ? p->Mask.At(batch, head, first + r) + (key * p->Mask.Feature)
                        : null;
                    var larger = Math.Max(max[r],
                        AttentionRow<V>.Score((byte*)row, (byte*)mask, seen, p->Scale));
                    // −∞ − −∞ would be NaN: exp(−∞ − 0) is the 0 that is meant.
                    var reference = double.IsNegativeInfinity(larger)
                        ? 0
                        : LaneWork.Round<V>(larger);
                    var shrink = Math.Exp(max[r] - reference);
                    sum[r] = (sum[r] * shrink)
                        + AttentionRow<V>.Exp((byte*)row, seen, reference);
                    max[r] = larger;
                    if (key > 0)
                    {
                        AttentionRow<V>.Scale((byte*)(y + (r * p->Y.Token)), p->ValueWidth, shrink);
                    }
                    if (p->Keep < 1)
                    {
                        RandomKernels.Bernoulli(keep, seen, p->Keep, p->Key,
                            p->Element(batch, head, first + r, key));
                        AttentionRow<V>.Drop((byte*)row, keep, seen, 1 / p->Keep);
                    }
                    new Span<T>(row + seen, width - seen).Clear();
                }
                Product(rows, p->ValueWidth, width, scores, Stride, 1, p->V.At(batch, head, key),
                    p->V.Token, p->V.Feature, y, p->Y.Token, add: true);
            }
            var log = (byte*)p->LogSum.At(batch, head, first);
            for (var r = 0; r < rows; r++)
            {
                var empty = sum[r] == 0;
                AttentionRow<V>.Scale(
                    (byte*)(y + (r * p->Y.Token)), p->ValueWidth, empty ? 0 : 1 / sum[r]);
                LaneWork.Write<V>(
                    empty ? double.PositiveInfinity
                        : LaneWork.Round<V>(max[r]) + Math.Log(sum[r]),
                    log + (r * LaneWork.Size<V>()));
            }
        }
    }

    /// <summary>A chunk is a head: the gradients of its keys are sums over all queries.</summary>
    private readonly struct BackwardHeads<T, V>(AttentionProblem<T>* p) : IChunkBody
        where T : unmanaged
        where V : unmanaged, ILanes<V>
    {
        [SkipLocalsInit]
        public void Run(int chunk)
        {
            var (batch, head) = Math.DivRem(chunk, p->Heads);
            Clear(p->Gq.At(batch, head, 0), p->Queries, p->Gq.Token, p->Width);
            Clear(p->Gk.At(batch, head, 0), p->Keys, p->Gk.Token, p->Width);
            Clear(p->Gv.At(batch, head, 0), p->Keys, p->Gv.Token, p->ValueWidth);
            using var scratch = Scratch.Rent<T>((2 * TileSize) + (2 * TileKeys));
            var weights = (T*)scratch.Pointer;
            var gradients = weights + TileSize;
            var keep = (float*)(gradients + TileSize);
            var dot = stackalloc double[TileQueries];
            for (var first = 0; first < p->Queries; first += TileQueries)
            {
                var rows = Math.Min(TileQueries, p->Queries - first);
                for (var r = 0; r < rows; r++)
                {
                    dot[r] = AttentionRow<V>.Dot((byte*)p->Gy.At(batch, head, first + r),
                        (byte*)p->Y.At(batch, head, first + r), p->ValueWidth);
                }
                for (var key = 0; key < p->Keys; key += TileKeys)
                {
                    var width = p->Visible(
                        first + rows - 1, key, Math.Min(TileKeys, p->Keys - key));
                    if (width == 0)
                    {
                        break;
                    }
                    Tile(batch, head, first, rows, key, width, weights, gradients, keep, dot);
                }
            }
        }

        private void Tile(long batch, long head, int first, int rows, int key, int width,
            T* weights, T* gradients, float* keep, double* dot)
        {
            var q = p->Q.At(batch, head, first);
            var k = p->K.At(batch, head, key);
            var v = p->V.At(batch, head, key);
            var gy = p->Gy.At(batch, head, first);
            Product(rows, width, p->Width, q, p->Q.Token, p->Q.Feature, k, p->K.Feature,
                p->K.Token, weights, Stride, add: false);
            Product(rows, width, p->ValueWidth, gy, p->Gy.Token, p->Gy.Feature, v, p->V.Feature,
                p->V.Token, gradients, Stride, add: false);
            var log = (byte*)p->LogSum.At(batch, head, first);
            for (var r = 0; r < rows; r++)
            {
                var w = weights + ((nint)r * Stride);
                var g = gradients + ((nint)r * Stride);
                var seen = p->Visible(first + r, key, width);
                var mask = p->Mask.IsGiven
                    ? p->Mask.At(batch, head, first + r) + (key * p->Mask.Feature)
                    : null;
                if (p->Keep < 1)
                {
                    RandomKernels.Bernoulli(keep, seen, p->Keep, p->Key,
                        p->Element(batch, head, first + r, key));
                }
                var logSum = LaneWork.Read<V>(log + (r * LaneWork.Size<V>()));
                AttentionRow<V>.Gradient((byte*)w, (byte*)g, (byte*)mask,
                    p->Keep < 1 ? keep : null, seen, p->Scale, logSum, dot[r], 1 / p->Keep);
                new Span<T>(w + seen, width - seen).Clear();
                new Span<T>(g + seen, width - seen).Clear();
            }
            Product(width, p->ValueWidth, rows, weights, 1, Stride, gy, p->Gy.Token,
                p->Gy.Feature, p->Gv.At(batch, head, key), p->Gv.Token, add: true);
            Product(rows, p->Width, width, gradients, Stride, 1, k, p->K.Token, p->K.Feature,
                p->Gq.At(batch, head, first), p->Gq.Token, add: true);
            Product(width, p->Width, rows, gradients, 1, Stride, q, p->Q.Token, p->Q.Feature,
                p->Gk.At(batch, head, key), p->Gk.Token, add: true);
        }
    }
}
