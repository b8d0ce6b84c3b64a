namespace Nabla.Kernels.Cpu;

/// <summary>
/// Scaled dot-product attention in tiles of queries and keys, with a running softmax: the matrix of
/// all weights is never in memory. Source: Dao, Fu, Ermon, Rudra, Ré: FlashAttention, 2022,
/// algorithms 1 and 4. A query whose scores are all −∞ gives 0, also as its gradients.
/// </summary>
/// <remarks>
/// Scores have a row for each key and a query in each lane: the softmax then needs no work across
/// lanes, only queries and gradients of the output are transposed, and a panel of queries stays in
/// L1. Causal attention skips the tiles of the micro-kernel that no query sees: about half.
/// </remarks>
internal static unsafe class Attention
{
    /// <summary>Queries of a tile.</summary>
    public const int TileQueries = 128;

    /// <summary>Keys of a tile: its scores stay in L2.</summary>
    public const int TileKeys = 256;

    /// <summary>Distance of a tile's rows, one for each key: off the multiples of a page.</summary>
    public const int Stride = TileQueries + 16;

    /// <summary>Numbers of a tile.</summary>
    public const int TileSize = TileKeys * Stride;

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

    /// <summary>Zeros in rows of so many numbers.</summary>
    public static void Clear<T>(T* to, int rows, nint stride, int width) where T : unmanaged
    {
        for (nint r = 0; r < rows; r++)
        {
            new Span<T>(to + (r * stride), width).Clear();
        }
    }

    /// <summary>Rows whose numbers lie side by side: where they are, or copied to
    /// <paramref name="room"/>.</summary>
    public static T* Rows<T>(
        in AttentionOperand<T> operand, T* from, int rows, int width, T* room, out nint stride)
        where T : unmanaged
    {
        stride = operand.Token;
        if (operand.Feature == 1 || width == 1)
        {
            return from;
        }
        stride = width;
        for (nint r = 0; r < rows; r++)
        {
            for (nint j = 0; j < width; j++)
            {
                room[(r * width) + j] = from[(r * operand.Token) + (j * operand.Feature)];
            }
        }
        return room;
    }

    private readonly struct ForwardWork<T>(AttentionProblem<T>* p) : ILaneWork
        where T : unmanaged
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var body = new AttentionForward<T, V>(p);
            WorkerTeam.For(body.Chunks, ref body);
        }
    }

    private readonly struct BackwardWork<T>(AttentionProblem<T>* p) : ILaneWork
        where T : unmanaged
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var body = new AttentionBackward<T, V>(p);
            WorkerTeam.For(body.Chunks, ref body);
        }
    }
}
