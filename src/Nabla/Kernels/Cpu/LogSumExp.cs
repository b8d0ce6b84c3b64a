namespace Nabla.Kernels.Cpu;

/// <summary>
/// ln Σ eˣ over contiguous rows, without overflow: a row's largest number is subtracted first. As
/// in PyTorch, +∞ gives +∞, nothing but −∞ gives −∞, and NaN gives NaN. float or double.
/// </summary>
internal static unsafe class LogSumExp
{
    /// <summary>y[r] = ln Σ exp x[r, …] over rows of n &gt; 0 numbers.</summary>
    public static void Rows<T>(T* x, T* y, long rows, long n) where T : unmanaged =>
        LaneWork.Run<T, Work>(new((byte*)x, (byte*)y, rows, n));

    private readonly struct Work(byte* x, byte* y, long rows, long n) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var chunks = RowChunks.Of(rows, 4 * n);
            var body = new Body<V>(x, y, n, chunks);
            WorkerTeam.For(chunks.Count, ref body);
        }
    }

    private readonly struct Body<V>(byte* x, byte* y, long n, RowChunks chunks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var (max, logSum) = SoftmaxRow<V>.LogSumExp(
                    x + (row * n * LaneWork.Size<V>()), (nint)n);
                LaneWork.Write<V>(double.IsFinite(max) ? max + logSum : max,
                    y + (row * LaneWork.Size<V>()));
            }
        }
    }
}
