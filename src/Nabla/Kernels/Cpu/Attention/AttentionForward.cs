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
        if (_p->Keys == 0)
        {
            Empty(batch, head, first, end - first);
            return;
        }
        var columns = GemmPanels<T>.Columns;
        var panels = (end - first + columns - 1) / columns;
        nint across = (nint)_p->Width * columns;
        nint panel = Attention.TileKeys * (nint)columns;
        var values = GemmPanels<T>.Size(Attention.TileKeys, _p->ValueWidth);
        var room = _p->K.Feature == 1 ? 0 : Attention.TileKeys * (nint)_p->Width;
        using var scratch = Scratch.Rent<T>(panel + values + room + (panels * across)
            + (2 * panels * (nint)columns) + columns + (_p->Mask.IsGiven ? panel : 0));
        using var keep = Scratch.Rent<float>(_p->Keep < 1 ? 2 * panel : 0);
        var ahead = Ahead(chunk);
        var tile = new Tile
        {
            P = _p,
            Batch = batch,
            Head = head,
            Ahead = &ahead,
            Scores = (T*)scratch.Pointer,
            Keep = (float*)keep.Pointer,
        };
        tile.Values = tile.Scores + panel;
        tile.Room = tile.Values + values;
        var queries = tile.Room + room;
        var max = queries + (panels * across);
        var sum = max + (panels * columns);
        tile.Shrink = sum + (panels * columns);
        tile.Mask = tile.Shrink + columns;
        for (nint i = 0; i < panels * columns; i += V.Count)
        {
            V.Store(V.Lowest, max + i);
            V.Store(V.Const(0), sum + i);
        }
        for (var key = 0; key < _p->Keys; key += Attention.TileKeys)
        {
            var keys = _p->Visible(end - 1, key, Math.Min(Attention.TileKeys, _p->Keys - key));
            if (keys == 0)
            {
                break;
            }
            tile.Pack(key, keys);
            for (var i = 0; i < panels; i++)
            {
                var query = first + (i * columns);
                var rows = Math.Min(columns, end - query);
                var q = queries + (i * across);
                if (key == 0)
                {
                    GemmPanels<T>.Pack(_p->Width, rows, _p->Q.At(batch, head, query),
                        _p->Q.Feature, _p->Q.Token, q);
                }
                tile.Run(query, rows, q, max + (i * columns), sum + (i * columns));
            }
        }
    }

    private AttentionAhead<T> Ahead(int chunk)
    {
        // Of many queries a chunk is no head, but nothing is asked for then.
        var ahead = new AttentionAhead<T>(_p);
        ahead.Add(_p->Y, chunk, _p->Queries, _p->ValueWidth);
        ahead.Add(_p->V, chunk + 1, _p->Keys, _p->ValueWidth);
        ahead.Add(_p->K, chunk + 1, _p->Keys, _p->Width);
        ahead.Add(_p->Q, chunk + 1, _p->Queries, _p->Width);
        return ahead;
    }

    private void Empty(long batch, long head, int query, int rows)
    {
        Attention.Clear(_p->Y.At(batch, head, query), rows, _p->Y.Token, _p->ValueWidth);
        for (var r = 0; r < rows; r++)
        {
            LaneWork.Write<V>(
                double.PositiveInfinity, _p->LogSum.At(batch, head, query + r));
        }
    }

    /// <summary>The work on a tile of keys.</summary>
    private struct Tile
    {
        public AttentionProblem<T>* P;
        public long Batch;
        public long Head;
        public AttentionAhead<T>* Ahead;
        public T* Scores;
        public T* Values;
        public T* Room;
        public T* Shrink;
        public T* Mask;
        public float* Keep;
        private int _key;
        private int _keys;
        private AttentionRight<T> _v;
        private T* _k;
        private nint _stride;

        public void Pack(int key, int keys)
        {
            (_key, _keys) = (key, keys);
            _v = AttentionRight<T>.Of(
                P, P->V, P->V.At(Batch, Head, key), keys, P->ValueWidth, Values);
            _k = Attention.Rows(
                P->K, P->K.At(Batch, Head, key), keys, P->Width, Room, out _stride);
        }

        /// <summary>Takes the tile's keys into the running softmax of a panel of queries.
        /// </summary>
        public readonly void Run(int query, int rows, T* q, T* max, T* sum)
        {
            var seen = P->Visible(query + rows - 1, _key, _keys);
            if (seen == 0)
            {
                return;
            }
            AttentionScores<T>.Run(
                P, query, rows, _key, seen, _k, _stride, P->Width, q, Scores,
                GemmPanels<T>.Columns, Ahead);
            Softmax(query, rows, seen, max, sum);
            var y = P->Y.At(Batch, Head, query);
            var stride = P->Y.Token * sizeof(T);
            if (_key > 0)
            {
                AttentionPanel<V>.Scale((byte*)y, rows, stride, P->ValueWidth, (byte*)Shrink);
            }
            var product = new AttentionProduct<T>
            {
                N = P->ValueWidth,
                Lda = GemmPanels<T>.Columns,
                ColumnMajorA = true,
                Panels = _v.Rows,
                Ldb = _v.Stride,
                PanelSize = _v.PanelSize,
                Ldc = P->Y.Token,
                Add = _key > 0,
                Ahead = Ahead,
            };
            for (var r = 0; r < rows; r += product.M)
            {
                product.M = GemmPanels<T>.Rows(rows - r);
                product.K = P->Visible(query + r + product.M - 1, _key, _keys);
                product.A = Scores + r;
                product.C = y + (r * P->Y.Token);
                AttentionTiles<T>.Run(ref product);
            }
            if (P->Visible(query + rows - 1, 0, P->Keys) == _key + seen)
            {
                AttentionPanel<V>.Finish((byte*)max, (byte*)sum, GemmPanels<T>.Columns);
                AttentionPanel<V>.Scale((byte*)y, rows, stride, P->ValueWidth, (byte*)sum);
                for (var r = 0; r < rows; r++)
                {
                    *P->LogSum.At(Batch, Head, query + r) = max[r];
                }
            }
        }

        private readonly void Softmax(int query, int rows, int seen, T* max, T* sum)
        {
            var columns = GemmPanels<T>.Columns;
            nint stride = columns * sizeof(T);
            var scale = P->Scale;
            if (P->Mask.IsGiven)
            {
                GemmPanels<T>.Pack(seen, rows,
                    P->Mask.At(Batch, Head, query) + (_key * P->Mask.Feature), P->Mask.Feature,
                    P->Mask.Token, Mask);
            }
            if (P->Mask.IsGiven || scale <= 0)
            {
                for (nint c = 0; c < stride; c += 2 * sizeof(V))
                {
                    AttentionPanel<V>.Score((byte*)Scores + c, seen, stride,
                        P->Mask.IsGiven ? (byte*)Mask + c : null, stride, scale);
                }
                scale = 1;
            }
            if (P->IsCausal)
            {
                for (var j = Math.Max(0, query - _key + 1); j < seen; j++)
                {
                    AttentionPanel<V>.Hide(
                        (byte*)(Scores + (j * columns)), Math.Min(_key + j - query, columns),
                        V.Lowest);
                }
            }
            for (nint c = 0; c < stride; c += 2 * sizeof(V))
            {
                AttentionPanel<V>.Softmax((byte*)Scores + c, seen, stride, scale,
                    (byte*)max + c, (byte*)sum + c, (byte*)Shrink + c);
            }
            if (P->Keep < 1)
            {
                AttentionDropout<T>.Draw(P, Batch, Head, query, rows, _key, seen, Keep);
                AttentionPanel<V>.Drop(
                    (byte*)Scores, seen * (nint)columns, Keep, 1 / P->Keep);
            }
        }
    }
}
