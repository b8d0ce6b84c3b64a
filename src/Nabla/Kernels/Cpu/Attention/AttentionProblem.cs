namespace Nabla.Kernels.Cpu;

/// <summary>A tensor of four dimensions: batch, head, token, feature; strides in numbers.</summary>
internal readonly unsafe record struct AttentionOperand<T>(
    nint Pointer, nint Batch, nint Head, nint Token, nint Feature)
    where T : unmanaged
{
    /// <summary>Whether there is a tensor.</summary>
    public bool IsGiven => Pointer != 0;

    /// <summary>A head's first number, moved by so many tokens.</summary>
    public T* At(long batch, long head, long token) =>
        (T*)Pointer + ((nint)batch * Batch) + ((nint)head * Head) + ((nint)token * Token);
}

/// <summary>
/// One scaled dot-product attention: y = dropout(softmax(q·kᵀ·scale + mask))·v for each head.
/// </summary>
internal struct AttentionProblem<T>
    where T : unmanaged
{
    public long Batch;
    public long Heads;
    public int Queries;
    public int Keys;

    /// <summary>Length of a query and of a key.</summary>
    public int Width;

    /// <summary>Length of a value.</summary>
    public int ValueWidth;

    public AttentionOperand<T> Q;
    public AttentionOperand<T> K;
    public AttentionOperand<T> V;

    /// <summary>Added to the scores, by query (its token) and key (its feature, with stride 1).
    /// </summary>
    public AttentionOperand<T> Mask;

    /// <summary>The output: its features have stride 1.</summary>
    public AttentionOperand<T> Y;

    /// <summary>log Σ exp of a query's scores, (batch, heads, queries); +∞ if all are −∞.</summary>
    public AttentionOperand<T> LogSum;

    /// <summary>The output's gradient.</summary>
    public AttentionOperand<T> Gy;

    /// <summary>The gradients of q, k and v; their features have stride 1.</summary>
    public AttentionOperand<T> Gq;
    public AttentionOperand<T> Gk;
    public AttentionOperand<T> Gv;

    public double Scale;

    /// <summary>Query i sees the keys 0 … i only.</summary>
    public bool IsCausal;

    /// <summary>The probability to keep a weight; 1 without dropout.</summary>
    public double Keep;

    public PhiloxKey Key;

    /// <summary>Whether a head is one tile.</summary>
    public readonly bool IsSmall =>
        Queries <= Attention.TileQueries && Keys <= Attention.TileKeys;

    /// <summary>How many keys from one on, at most <paramref name="most"/>, a query sees.</summary>
    public readonly int Visible(int query, int key, int most) =>
        IsCausal ? Math.Clamp(query - key + 1, 0, most) : most;

    /// <summary>The number of a weight among all, which its dropout is a function of.</summary>
    public readonly long Element(long batch, long head, long query, long key) =>
        (((((batch * Heads) + head) * Queries) + query) * Keys) + key;
}
