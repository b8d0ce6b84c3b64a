using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The output of <see cref="Attention"/>. A chunk is a block of queries of one head, for which keys
/// and values are packed once.
/// </summary>
internal readonly unsafe struct AttentionForward<T, V> : IChunkBody
    where T : unmanaged
    where V : unmanaged, ILanes<V>
{
    /// <summary>Queries of a chunk: so many that packing is little beside the products.</summary>
    private const int BlockQueries = 4 * Attention.TileQueries;

    private readonly AttentionProblem<T>* _p;
    private readonly int _blocks;

    public AttentionForward(AttentionProblem<T>* p)
    {
        _p = p;
        _blocks = (p->Queries + BlockQueries - 1) / BlockQueries;
    }

    public int Chunks => checked((int)(_p->Batch * _p->Heads * _blocks));

    [SkipLocalsInit]
    public void Run(int chunk)
    {
        var (batch, head) = Math.DivRem(chunk / _blocks, _p->Heads);
        var first = chunk % _blocks * BlockQueries;
        var end = Math.Min(first + BlockQueries, _p->Queries);
        var packedKeys = GemmPanels<T>.Size(_p->Width, Attention.TileKeys);
        var packedValues = GemmPanels<T>.Size(Attention.TileKeys, _p->ValueWidth);
        using var scratch = Scratch.Rent<T>(Attention.TileSize + packedKeys + packedValues
            + (Attention.TileQueries * (nint)_p->Width) + (2 * Attention.TileKeys));
        var max = stackalloc double[BlockQueries];
        var sum = stackalloc double[BlockQueries];
        new Span<double>(max, BlockQueries).Fill(double.NegativeInfinity);
        new Span<double>(sum, BlockQueries).Clear();
        var tile = new Tile
        {
            P = _p,
            Batch = batch,
            Head = head,
            Ahead = new(_p, _blocks == 1 ? chunk + 1 : long.MaxValue),
            Scores = (T*)scratch.Pointer,
        };
        tile.PackedKeys = tile.Scores + Attention.TileSize;
        tile.PackedValues = tile.PackedKeys + packedKeys;
        tile.Room = tile.PackedValues + packedValues;
        tile.Keep = (float*)(tile.Room + (Attention.TileQueries * (nint)_p->Width));
        if (_p->Keys == 0)
        {
            Attention.Clear(
                _p->Y.At(batch, head, first), end - first, _p->Y.Token, _p->ValueWidth);
        }
        for (var key = 0; key < _p->Keys; key += Attention.TileKeys)
        {
            var keys = _p->Visible(end - 1, key, Math.Min(Attention.TileKeys, _p->Keys - key));
            if (keys == 0)
            {
                break;
            }
            tile.Pack(key, keys);
            for (var query = first; query < end; query += Attention.TileQueries)
            {
                var rows = Math.Min(Attention.TileQueries, end - query);
                tile.Run(query, rows, max + (query - first), sum + (query - first));
            }
        }
        tile.Finish(first, end - first, max, sum);
    }

    /// <summary>The work on a tile of keys.</summary>
    private struct Tile
    {
        public AttentionProblem<T>* P;
        public long Batch;
        public long Head;
        public AttentionAhead<T> Ahead;
        public T* Scores;
        public T* PackedKeys;
        public T* PackedValues;
        public T* Room;
        public float* Keep;
        private int _key;
        private int _keys;

        public void Pack(int key, int keys)
        {
            (_key, _keys) = (key, keys);
            GemmPanels<T>.Pack(P->Width, keys, P->K.At(Batch, Head, key), P->K.Feature,
                P->K.Token, PackedKeys);
            GemmPanels<T>.Pack(keys, P->ValueWidth, P->V.At(Batch, Head, key), P->V.Token,
                P->V.Feature, PackedValues);
        }

        /// <summary>Takes the tile's keys into some queries' running softmax.</summary>
        public readonly void Run(int query, int rows, double* max, double* sum)
        {
            var width = P->Visible(query + rows - 1, _key, _keys);
            if (width == 0)
            {
                return;
            }
            var y = P->Y.At(Batch, Head, query);
            var q = Attention.Rows(
                P->Q, P->Q.At(Batch, Head, query), rows, P->Width, Room, out var stride);
            var product = new GemmPanelProduct<T>
            {
                K = P->Width,
                Lda = stride,
                Panels = PackedKeys,
                PanelRows = P->Width,
                Ldc = Attention.Stride,
            };
            for (var r = 0; r < rows; r += product.M)
            {
                product.M = GemmPanels<T>.Rows(rows - r);
                product.N = GemmPanels<T>.Registers(
                    P->Visible(query + r + product.M - 1, _key, width));
                product.A = q + (r * stride);
                product.C = Scores + (r * Attention.Stride);
                var keys = Math.Min(product.M, P->Keys - query - r);
                Ahead.Rows(P->Q, query + r, product.M, P->Width);
                Ahead.Rows(P->K, query + r, keys, P->Width);
                GemmPanels<T>.Run(product);
            }
            for (var r = 0; r < rows; r++)
            {
                Softmax(query + r, Scores + (r * Attention.Stride), width, y + (r * P->Y.Token),
                    ref max[r], ref sum[r]);
            }
            product = new GemmPanelProduct<T>
            {
                N = P->ValueWidth,
                Lda = Attention.Stride,
                Panels = PackedValues,
                PanelRows = _keys,
                Ldc = P->Y.Token,
                Add = _key > 0,
            };
            for (var r = 0; r < rows; r += product.M)
            {
                product.M = GemmPanels<T>.Rows(rows - r);
                product.K = P->Visible(query + r + product.M - 1, _key, width);
                product.A = Scores + (r * Attention.Stride);
                product.C = y + (r * P->Y.Token);
                var keys = Math.Min(product.M, P->Keys - query - r);
                Ahead.Rows(P->V, query + r, keys, P->ValueWidth);
                Ahead.Rows(P->Y, query + r, product.M, P->ValueWidth);
                GemmPanels<T>.Run(product);
            }
        }

        /// <summary>Divides by the sums, and notes their logarithms.</summary>
        public readonly void Finish(int query, int rows, double* max, double* sum)
        {
            var log = (byte*)P->LogSum.At(Batch, Head, query);
            var y = P->Y.At(Batch, Head, query);
            for (var r = 0; r < rows; r++)
            {
                var empty = sum[r] == 0;
                AttentionRow<V>.Scale(
                    (byte*)(y + (r * P->Y.Token)), P->ValueWidth, empty ? 0 : 1 / sum[r]);
                LaneWork.Write<V>(
                    empty ? double.PositiveInfinity
                        : LaneWork.Round<V>(max[r]) + Math.Log(sum[r]),
                    log + (r * LaneWork.Size<V>()));
            }
        }

        /// <summary>Scores of a query to weights, relative to the largest so far.</summary>
        private readonly void Softmax(
            int query, T* row, int width, T* y, ref double max, ref double sum)
        {
            var seen = P->Visible(query, _key, width);
            var scale = P->Scale;
            double larger;
            if (P->Mask.IsGiven || scale <= 0)
            {
                var mask = P->Mask.IsGiven
                    ? P->Mask.At(Batch, Head, query) + (_key * P->Mask.Feature)
                    : null;
                larger = AttentionRow<V>.Score((byte*)row, (byte*)mask, seen, scale);
                scale = 1;
            }
            else
            {
                larger = AttentionRow<V>.Largest((byte*)row, seen) * scale;
            }
            larger = Math.Max(max, larger);
            // −∞ − −∞ would be NaN: exp(−∞ − 0) is the 0 that is meant.
            var reference = double.IsNegativeInfinity(larger) ? 0 : LaneWork.Round<V>(larger);
            var fresh = AttentionRow<V>.Exp((byte*)row, seen, width, scale, reference);
            if (_key > 0)
            {
                var shrink = Math.Exp(max - reference);
                sum *= shrink;
                AttentionRow<V>.Scale((byte*)y, P->ValueWidth, shrink);
            }
            sum += fresh;
            max = larger;
            if (P->Keep < 1)
            {
                RandomKernels.Bernoulli(
                    Keep, seen, P->Keep, P->Key, P->Element(Batch, Head, query, _key));
                AttentionRow<V>.Drop((byte*)row, Keep, seen, 1 / P->Keep);
            }
        }
    }
}
