namespace Nabla.Kernels.Cpu;

/// <summary>
/// The work of <see cref="AttentionBackward{T, V}"/> on a tile of keys: its weights and their
/// gradients have a row for each key, and a panel of queries at a time stays in L1.
/// </summary>
internal unsafe struct AttentionBackwardTile<T, V>
    where T : unmanaged
    where V : unmanaged, ILanes<V>
{
    public AttentionProblem<T>* P;
    public long Batch;
    public long Head;
    public AttentionAhead<T>* Ahead;
    public T* Weights;
    public T* Gradients;
    public T* KeysByWidth;
    public T* QueriesByWidth;
    public T* GyByWidth;
    public T* QueriesAcross;
    public T* GyAcross;

    /// <summary>A number for each query; in full panels.</summary>
    public T* LogSums;

    /// <summary>Σ gy·y for each query; in full panels.</summary>
    public T* Dots;
    public T* RoomK;
    public T* RoomV;
    public T* Mask;
    public float* Keep;
    private int _key;
    private int _keys;
    private AttentionRight<T> _right;
    private T* _k;
    private T* _v;
    private nint _strideK;
    private nint _strideV;

    public void Pack(int key, int keys)
    {
        (_key, _keys) = (key, keys);
        var k = P->K.At(Batch, Head, key);
        _right = AttentionRight<T>.Of(P, P->K, k, keys, P->Width, KeysByWidth);
        _k = Attention.Rows(P->K, k, keys, P->Width, RoomK, out _strideK);
        _v = Attention.Rows(
            P->V, P->V.At(Batch, Head, key), keys, P->ValueWidth, RoomV, out _strideV);
    }

    /// <summary>What some queries and the tile's keys give to all gradients.</summary>
    public readonly void Run(int query, int rows)
    {
        var width = P->Visible(query + rows - 1, _key, _keys);
        if (width == 0)
        {
            return;
        }
        var q = AttentionRight<T>.Of(
            P, P->Q, P->Q.At(Batch, Head, query), rows, P->Width, QueriesByWidth);
        var gy = AttentionRight<T>.Of(
            P, P->Gy, P->Gy.At(Batch, Head, query), rows, P->ValueWidth, GyByWidth);
        var columns = GemmPanels<T>.Columns;
        for (var r = 0; r < rows; r += columns)
        {
            Panel(query, r, Math.Min(columns, rows - r));
        }
        ToKeys(query, rows, width, Weights, gy, P->Gv, P->ValueWidth);
        ToKeys(query, rows, width, Gradients, q, P->Gk, P->Width);
    }

    /// <summary>The weights of a panel of queries, their gradients, and those of the queries.
    /// </summary>
    private readonly void Panel(int first, int at, int rows)
    {
        var query = first + at;
        var seen = P->Visible(query + rows - 1, _key, _keys);
        if (seen == 0)
        {
            return;
        }
        GemmPanels<T>.Pack(P->Width, rows, P->Q.At(Batch, Head, query), P->Q.Feature,
            P->Q.Token, QueriesAcross);
        GemmPanels<T>.Pack(P->ValueWidth, rows, P->Gy.At(Batch, Head, query), P->Gy.Feature,
            P->Gy.Token, GyAcross);
        AttentionScores<T>.Run(P, query, rows, _key, seen, _k, _strideK, P->Width,
            QueriesAcross, Weights + at, Attention.Stride, Ahead);
        AttentionScores<T>.Run(P, query, rows, _key, seen, _v, _strideV, P->ValueWidth,
            GyAcross, Gradients + at, Attention.Stride, Ahead);
        Gradient(query, at, rows, seen);
        ToQueries(query, at, rows);
    }

    private readonly void Gradient(int query, int at, int rows, int seen)
    {
        var columns = GemmPanels<T>.Columns;
        nint stride = Attention.Stride * sizeof(T);
        var scale = P->Scale;
        if (P->Mask.IsGiven)
        {
            GemmPanels<T>.Pack(seen, rows,
                P->Mask.At(Batch, Head, query) + (_key * P->Mask.Feature), P->Mask.Feature,
                P->Mask.Token, Mask);
            for (nint c = 0; c < columns; c += 2 * V.Count)
            {
                AttentionPanel<V>.Score((byte*)(Weights + at + c), seen, stride,
                    (byte*)(Mask + c), columns * sizeof(T), scale);
            }
            scale = 1;
        }
        if (P->Keep < 1)
        {
            AttentionDropout<T>.Draw(P, Batch, Head, query, rows, _key, seen, Keep);
        }
        for (nint c = 0; c < columns; c += 2 * V.Count)
        {
            var s = (byte*)(Weights + at + c);
            var g = (byte*)(Gradients + at + c);
            var l = (byte*)(LogSums + query + c);
            var d = (byte*)(Dots + query + c);
            if (P->Keep < 1)
            {
                AttentionPanel<V>.GradientDropped(s, g, seen, stride, scale, P->Scale, l, d,
                    Keep + c, columns, 1 / P->Keep);
            }
            else
            {
                AttentionPanel<V>.Gradient(s, g, seen, stride, scale, P->Scale, l, d);
            }
        }
        if (P->IsCausal)
        {
            for (var j = Math.Max(0, query - _key + 1); j < seen; j++)
            {
                var hidden = Math.Min(_key + j - query, columns);
                var row = at + (j * (nint)Attention.Stride);
                AttentionPanel<V>.Hide((byte*)(Weights + row), hidden, V.Const(0));
                AttentionPanel<V>.Hide((byte*)(Gradients + row), hidden, V.Const(0));
            }
        }
    }

    /// <summary>∂q += ∂s·k.</summary>
    private readonly void ToQueries(int query, int at, int rows)
    {
        var product = new AttentionProduct<T>
        {
            N = P->Width,
            Lda = Attention.Stride,
            ColumnMajorA = true,
            Panels = _right.Rows,
            Ldb = _right.Stride,
            PanelSize = _right.PanelSize,
            Ldc = P->Gq.Token,
            Add = _key > 0,
            Ahead = Ahead,
        };
        for (var r = 0; r < rows; r += product.M)
        {
            product.M = GemmPanels<T>.Rows(rows - r);
            product.K = P->Visible(query + r + product.M - 1, _key, _keys);
            product.A = Gradients + at + r;
            product.C = P->Gq.At(Batch, Head, query + r);
            AttentionTiles<T>.Run(ref product);
        }
    }

    /// <summary>∂v += pᵀ·∂y, or ∂k += ∂sᵀ·q: for each key the queries that see it.</summary>
    private readonly void ToKeys(int query, int rows, int width, T* weights,
        in AttentionRight<T> right, in AttentionOperand<T> to, int inner)
    {
        var columns = GemmPanels<T>.Columns;
        var product = new AttentionProduct<T>
        {
            N = inner,
            Lda = Attention.Stride,
            Ldb = right.Stride,
            PanelSize = right.PanelSize,
            Ldc = to.Token,
            Ahead = Ahead,
        };
        for (var key = 0; key < width; key += product.M)
        {
            // Tiles within what a panel of queries sees: there is nothing behind.
            var left = P->IsCausal ? Math.Min(columns - (key % columns), width - key) : width - key;
            product.M = GemmPanels<T>.Rows(left);
            var skip = P->IsCausal ? Math.Max(0, _key + key - query) : 0;
            product.K = rows - skip;
            product.A = weights + (key * (nint)Attention.Stride) + skip;
            product.Panels = right.Rows + (skip * right.Stride);
            product.C = to.At(Batch, Head, _key + key);
            // The first queries that see these keys replace what is there.
            product.Add = query > (P->IsCausal ? _key + key : 0);
            AttentionTiles<T>.Run(ref product);
        }
    }
}
