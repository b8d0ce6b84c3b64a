using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The gradients of <see cref="Attention"/>. A chunk is a head: the gradients of its keys are sums
/// over all queries.
/// </summary>
internal readonly unsafe struct AttentionBackward<T, V>(AttentionProblem<T>* p) : IChunkBody
    where T : unmanaged
    where V : unmanaged, ILanes<V>
{
    public int Chunks => checked((int)(p->Batch * p->Heads));

    [SkipLocalsInit]
    public void Run(int chunk)
    {
        var (batch, head) = Math.DivRem(chunk, p->Heads);
        Attention.Clear(p->Gk.At(batch, head, 0), p->Keys, p->Gk.Token, p->Width);
        Attention.Clear(p->Gv.At(batch, head, 0), p->Keys, p->Gv.Token, p->ValueWidth);
        if (p->Keys == 0)
        {
            Attention.Clear(p->Gq.At(batch, head, 0), p->Queries, p->Gq.Token, p->Width);
        }
        var width = Math.Max(p->Width, p->ValueWidth);
        var byWidth = GemmPanels<T>.Size(Attention.TileKeys, width);
        var byKeys = GemmPanels<T>.Size(width, Attention.TileKeys);
        nint room = Attention.TileQueries * width;
        using var scratch = Scratch.Rent<T>((2 * Attention.TileSize) + (3 * byWidth)
            + (2 * byKeys) + (2 * room) + (2 * Attention.TileKeys));
        using var dots = Scratch.Rent<double>(p->Queries);
        var tile = new Tile
        {
            P = p,
            Batch = batch,
            Head = head,
            Ahead = new(p, chunk + 1),
            Dots = (double*)dots.Pointer,
            Weights = (T*)scratch.Pointer,
        };
        tile.Gradients = tile.Weights + Attention.TileSize;
        tile.KeysByWidth = tile.Gradients + Attention.TileSize;
        tile.QueriesByWidth = tile.KeysByWidth + byWidth;
        tile.GyByWidth = tile.QueriesByWidth + byWidth;
        tile.KeysAcross = tile.GyByWidth + byWidth;
        tile.ValuesAcross = tile.KeysAcross + byKeys;
        tile.RoomQ = tile.ValuesAcross + byKeys;
        tile.RoomGy = tile.RoomQ + room;
        tile.Keep = (float*)(tile.RoomGy + room);
        for (var r = 0; r < p->Queries; r++)
        {
            tile.Dots[r] = AttentionRow<V>.Dot((byte*)p->Gy.At(batch, head, r),
                (byte*)p->Y.At(batch, head, r), p->ValueWidth);
        }
        for (var key = 0; key < p->Keys; key += Attention.TileKeys)
        {
            tile.Pack(key, Math.Min(Attention.TileKeys, p->Keys - key));
            for (var query = 0; query < p->Queries; query += Attention.TileQueries)
            {
                tile.Run(query, Math.Min(Attention.TileQueries, p->Queries - query));
            }
        }
    }

    /// <summary>The work on a tile of keys.</summary>
    private struct Tile
    {
        public AttentionProblem<T>* P;
        public long Batch;
        public long Head;
        public AttentionAhead<T> Ahead;
        public double* Dots;
        public T* Weights;
        public T* Gradients;
        public T* KeysByWidth;
        public T* QueriesByWidth;
        public T* GyByWidth;
        public T* KeysAcross;
        public T* ValuesAcross;
        public T* RoomQ;
        public T* RoomGy;
        public float* Keep;
        private int _key;
        private int _keys;

        public void Pack(int key, int keys)
        {
            (_key, _keys) = (key, keys);
            var k = P->K.At(Batch, Head, key);
            GemmPanels<T>.Pack(P->Width, keys, k, P->K.Feature, P->K.Token, KeysAcross);
            GemmPanels<T>.Pack(P->ValueWidth, keys, P->V.At(Batch, Head, key), P->V.Feature,
                P->V.Token, ValuesAcross);
            GemmPanels<T>.Pack(keys, P->Width, k, P->K.Token, P->K.Feature, KeysByWidth);
        }

        /// <summary>What some queries and the tile's keys give to all gradients.</summary>
        public readonly void Run(int query, int rows)
        {
            var width = P->Visible(query + rows - 1, _key, _keys);
            if (width == 0)
            {
                return;
            }
            var q = P->Q.At(Batch, Head, query);
            var gy = P->Gy.At(Batch, Head, query);
            GemmPanels<T>.Pack(rows, P->Width, q, P->Q.Token, P->Q.Feature, QueriesByWidth);
            GemmPanels<T>.Pack(rows, P->ValueWidth, gy, P->Gy.Token, P->Gy.Feature, GyByWidth);
            q = Attention.Rows(P->Q, q, rows, P->Width, RoomQ, out var strideQ);
            gy = Attention.Rows(P->Gy, gy, rows, P->ValueWidth, RoomGy, out var strideGy);
            Scores(query, rows, width, q, strideQ, P->Width, KeysAcross, Weights, P->Q, P->Gq);
            Scores(query, rows, width, gy, strideGy, P->ValueWidth, ValuesAcross, Gradients,
                P->Gy, P->Y);
            for (var r = 0; r < rows; r++)
            {
                Gradient(query + r, width, r * Attention.Stride);
            }
            ToQueries(query, rows, width);
            ToKeys(query, rows, width, Weights, GyByWidth, P->Gv, P->ValueWidth, P->V);
            ToKeys(query, rows, width, Gradients, QueriesByWidth, P->Gk, P->Width, P->K);
        }

        /// <summary>Products of rows by queries with rows by keys, where a query sees the key.
        /// </summary>
        private readonly void Scores(
            int query, int rows, int width, T* a, nint stride, int inner, T* panels, T* to,
            in AttentionOperand<T> ahead, in AttentionOperand<T> more)
        {
            var product = new GemmPanelProduct<T>
            {
                K = inner,
                Lda = stride,
                Panels = panels,
                PanelRows = inner,
                Ldc = Attention.Stride,
            };
            for (var r = 0; r < rows; r += product.M)
            {
                product.M = GemmPanels<T>.Rows(rows - r);
                product.N = GemmPanels<T>.Registers(
                    P->Visible(query + r + product.M - 1, _key, width));
                product.A = a + (r * stride);
                product.C = to + (r * Attention.Stride);
                Ahead.Rows(ahead, query + r, product.M, inner);
                Ahead.Rows(more, query + r, product.M, inner);
                GemmPanels<T>.Run(product);
            }
        }

        private readonly void Gradient(int query, int width, nint at)
        {
            var seen = P->Visible(query, _key, width);
            var mask = P->Mask.IsGiven
                ? P->Mask.At(Batch, Head, query) + (_key * P->Mask.Feature)
                : null;
            if (P->Keep < 1)
            {
                RandomKernels.Bernoulli(
                    Keep, seen, P->Keep, P->Key, P->Element(Batch, Head, query, _key));
            }
            AttentionRow<V>.Gradient((byte*)(Weights + at), (byte*)(Gradients + at), (byte*)mask,
                P->Keep < 1 ? Keep : null, seen, width, P->Scale,
                LaneWork.Read<V>(P->LogSum.At(Batch, Head, query)), Dots[query], 1 / P->Keep);
        }

        /// <summary>∂q += ∂s·k.</summary>
        private readonly void ToQueries(int query, int rows, int width)
        {
            var product = new GemmPanelProduct<T>
            {
                N = P->Width,
                Lda = Attention.Stride,
                Panels = KeysByWidth,
                PanelRows = _keys,
                Ldc = P->Gq.Token,
                Add = _key > 0,
            };
            for (var r = 0; r < rows; r += product.M)
            {
                product.M = GemmPanels<T>.Rows(rows - r);
                product.K = P->Visible(query + r + product.M - 1, _key, width);
                product.A = Gradients + (r * Attention.Stride);
                product.C = P->Gq.At(Batch, Head, query + r);
                GemmPanels<T>.Run(product);
            }
        }

        /// <summary>∂v += pᵀ·∂y, or ∂k += ∂sᵀ·q: for each key the queries that see it.</summary>
        private readonly void ToKeys(int query, int rows, int width, T* weights, T* panels,
            in AttentionOperand<T> to, int columns, in AttentionOperand<T> ahead)
        {
            var product = new GemmPanelProduct<T>
            {
                N = columns,
                Lda = Attention.Stride,
                ColumnMajorA = true,
                PanelRows = rows,
                Ldc = to.Token,
                Add = true,
            };
            for (var key = 0; key < width; key += product.M)
            {
                product.M = GemmPanels<T>.Rows(width - key);
                var skip = P->IsCausal ? Math.Max(0, _key + key - query) : 0;
                product.K = rows - skip;
                product.A = weights + (skip * (nint)Attention.Stride) + key;
                product.Panels = panels + (skip * (nint)GemmPanels<T>.Columns);
                product.C = to.At(Batch, Head, _key + key);
                Ahead.Rows(ahead, _key + key, product.M, columns);
                Ahead.Rows(to, _key + key, product.M, columns);
                GemmPanels<T>.Run(product);
            }
        }
    }
}
