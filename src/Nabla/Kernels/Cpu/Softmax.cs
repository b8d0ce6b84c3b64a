namespace Nabla.Kernels.Cpu;

/// <summary>
/// Softmax and its logarithm along an axis. Layout: (outer, axis, inner), contiguous, float or
/// double. The largest number is subtracted first, so nothing overflows; as in PyTorch a row that
/// holds +∞ or NaN, or nothing but −∞, gives NaN.
/// </summary>
internal static unsafe class Softmax
{
    /// <summary>
    /// y = exp(x − max) / Σ exp(x − max), or with <paramref name="log"/> x − max − log Σ exp(x −
    /// max).
    /// </summary>
    public static void Forward<T>(T* x, T* y, long outer, long axis, long inner, bool log)
        where T : unmanaged =>
        LaneWork.Run<T, ForwardWork>(new((byte*)x, (byte*)y, outer, axis, inner, log));

    /// <summary>
    /// gx = y·(gy − Σ gy·y), or for the logarithm gx = gy − exp(y)·Σ gy, from the output y.
    /// </summary>
    public static void Backward<T>(
        T* gy, T* y, T* gx, long outer, long axis, long inner, bool log)
        where T : unmanaged =>
        LaneWork.Run<T, BackwardWork>(
            new((byte*)gy, (byte*)y, (byte*)gx, outer, axis, inner, log));

    private readonly struct ForwardWork(
        byte* x, byte* y, long outer, long axis, long inner, bool log) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            if (inner == 1)
            {
                var chunks = RowChunks.Of(axis == 0 ? 0 : outer, 4 * axis);
                var body = new ForwardRows<V>(x, y, axis, log, chunks);
                WorkerTeam.For(chunks.Count, ref body);
            }
            else
            {
                var blocks = ColumnBlocks.Of(outer, 4 * axis, inner);
                var body = new ForwardColumns<V>(x, y, axis, inner, log, blocks);
                WorkerTeam.For(blocks.Chunks.Count, ref body);
            }
        }
    }

    private readonly struct BackwardWork(
        byte* gy, byte* y, byte* gx, long outer, long axis, long inner, bool log) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            if (inner == 1)
            {
                var chunks = RowChunks.Of(axis == 0 ? 0 : outer, 2 * axis);
                var body = new BackwardRows<V>(gy, y, gx, axis, log, chunks);
                WorkerTeam.For(chunks.Count, ref body);
            }
            else
            {
                var blocks = ColumnBlocks.Of(outer, 2 * axis, inner);
                var body = new BackwardColumns<V>(gy, y, gx, axis, inner, log, blocks);
                WorkerTeam.For(blocks.Chunks.Count, ref body);
            }
        }
    }

    private readonly struct ForwardRows<V>(
        byte* x, byte* y, long axis, bool log, RowChunks chunks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var bytes = axis * LaneWork.Size<V>();
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var from = x + (row * bytes);
                var to = y + (row * bytes);
                if (log)
                {
                    var (max, logSum) = SoftmaxRow<V>.LogSumExp(from, (nint)axis);
                    SoftmaxRow<V>.Subtract(from, to, (nint)axis, max, logSum);
                }
                else
                {
                    SoftmaxRow<V>.Normalize(from, to, (nint)axis);
                }
            }
        }
    }

    private readonly struct BackwardRows<V>(
        byte* gy, byte* y, byte* gx, long axis, bool log, RowChunks chunks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var bytes = axis * LaneWork.Size<V>();
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var at = row * bytes;
                if (log)
                {
                    SoftmaxRow<V>.LogGradient(gy + at, y + at, gx + at, (nint)axis);
                }
                else
                {
                    SoftmaxRow<V>.Gradient(gy + at, y + at, gx + at, (nint)axis);
                }
            }
        }
    }

    private readonly struct ForwardColumns<V>(
        byte* x, byte* y, long axis, long inner, bool log, ColumnBlocks blocks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            for (var b = blocks.Chunks.Start(chunk); b < blocks.Chunks.End(chunk); b++)
            {
                var (outer, start, width) = blocks[b];
                for (nint i = 0; i < width; i += V.Count)
                {
                    var at = ((outer * axis * inner) + start + i) * LaneWork.Size<V>();
                    SoftmaxColumns<V>.Forward(
                        x + at, y + at, (nint)axis, (nint)inner * LaneWork.Size<V>(),
                        nint.Min(V.Count, width - i), log);
                }
            }
        }
    }

    private readonly struct BackwardColumns<V>(
        byte* gy, byte* y, byte* gx, long axis, long inner, bool log, ColumnBlocks blocks)
        : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            for (var b = blocks.Chunks.Start(chunk); b < blocks.Chunks.End(chunk); b++)
            {
                var (outer, start, width) = blocks[b];
                for (nint i = 0; i < width; i += V.Count)
                {
                    var at = ((outer * axis * inner) + start + i) * LaneWork.Size<V>();
                    SoftmaxColumns<V>.Backward(
                        gy + at, y + at, gx + at, (nint)axis,
                        (nint)inner * LaneWork.Size<V>(), nint.Min(V.Count, width - i), log);
                }
            }
        }
    }
}
