namespace Nabla.Kernels.Cpu;

/// <summary>
/// Layer normalization (Ba, Kiros, Hinton 2016, section 3): y = x̂·weight + bias with
/// x̂ = (x − mean) / √(variance + ε), by the statistics of each row. Layout: x (rows, n),
/// contiguous, float or double; weight and bias (n) may be null, for 1 and 0.
/// </summary>
internal static unsafe class LayerNorm
{
    /// <summary>Rows' numbers that are worth partial sums of their own.</summary>
    private const long WorkPerPart = 32768;

    private const long MostParts = 32;

    /// <summary>Also writes each row's mean and 1 / √(variance + ε).</summary>
    public static void Forward<T>(
        T* x, T* weight, T* bias, T* y, T* mean, T* invStd, long rows, long n, double epsilon)
        where T : unmanaged =>
        LaneWork.Run<T, ForwardWork>(new((byte*)x, (byte*)weight, (byte*)bias, (byte*)y,
            (byte*)mean, (byte*)invStd, rows, n, epsilon));

    /// <summary>
    /// With g = gy·weight: gx = invStd·(g − mean(g) − x̂·mean(g·x̂)) by rows, gweight = Σ gy·x̂ and
    /// gbias = Σ gy over rows. Both of these may be null.
    /// </summary>
    public static void Backward<T>(
        T* gy, T* x, T* weight, T* mean, T* invStd, T* gx, T* gweight, T* gbias, long rows, long n)
        where T : unmanaged =>
        LaneWork.Run<T, BackwardWork>(new((byte*)gy, (byte*)x, (byte*)weight, (byte*)mean,
            (byte*)invStd, (byte*)gx, (byte*)gweight, (byte*)gbias, rows, n));

    private readonly struct ForwardWork(
        byte* x, byte* weight, byte* bias, byte* y, byte* mean, byte* invStd,
        long rows, long n, double epsilon) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var chunks = RowChunks.Of(n == 0 ? 0 : rows, n);
            var body = new ForwardRows<V>(
                x, weight, bias, y, mean, invStd, (nint)n, epsilon, chunks);
            WorkerTeam.For(chunks.Count, ref body);
        }
    }

    private readonly struct BackwardWork(
        byte* gy, byte* x, byte* weight, byte* mean, byte* invStd, byte* gx, byte* gweight,
        byte* gbias, long rows, long n) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            // A function of the sizes alone: sums keep their order on any number of threads.
            var parts = (int)Math.Clamp(rows * n / WorkPerPart, 1, Math.Min(MostParts, rows + 1));
            var bytes = (nint)n * LaneWork.Size<V>();
            using var scratch = Scratch.Rent(gweight is null ? 0 : 2 * parts * bytes);
            var sums = gweight is null ? null : (byte*)scratch.Pointer;
            var body = new BackwardRows<V>(
                gy, x, weight, mean, invStd, gx, sums, rows, (nint)n, parts);
            WorkerTeam.For(parts, ref body);
            if (sums is not null)
            {
                LayerNormRow<V>.AddParts(sums, gweight, (nint)n, parts, 2 * bytes);
                LayerNormRow<V>.AddParts(sums + bytes, gbias, (nint)n, parts, 2 * bytes);
            }
        }
    }

    private readonly struct ForwardRows<V>(
        byte* x, byte* weight, byte* bias, byte* y, byte* mean, byte* invStd, nint n,
        double epsilon, RowChunks chunks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var size = LaneWork.Size<V>();
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var at = (nint)row * n * size;
                var (m, s) = LayerNormRow<V>.Statistics(x + at, n, epsilon);
                LaneWork.Write<V>(m, mean + (row * size));
                LaneWork.Write<V>(s, invStd + (row * size));
                LayerNormRow<V>.Normalize(x + at, weight, bias, y + at, n, m, s);
            }
        }
    }

    private readonly struct BackwardRows<V>(
        byte* gy, byte* x, byte* weight, byte* mean, byte* invStd, byte* gx, byte* sums,
        long rows, nint n, int parts) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var size = LaneWork.Size<V>();
            var gweight = sums is null ? null : sums + (chunk * 2 * n * size);
            var gbias = sums is null ? null : gweight + (n * size);
            if (sums is not null)
            {
                new Span<byte>(gweight, checked((int)(2 * n * size))).Clear();
            }
            for (var row = rows * chunk / parts; row < rows * (chunk + 1) / parts; row++)
            {
                var at = (nint)row * n * size;
                LayerNormRow<V>.Gradient(gy + at, x + at, weight, gx + at, gweight, gbias, n,
                    LaneWork.Read<V>(mean + (row * size)), LaneWork.Read<V>(invStd + (row * size)));
            }
        }
    }
}
