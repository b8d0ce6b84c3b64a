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

    /// <summary>Rows that run together: as many as the registers of 512 bits are good for.
    /// </summary>
    private const int Together = 4;

    /// <summary>Also writes each row's mean and 1 / √(variance + ε).</summary>
    public static void Forward(DType type, void* x, void* weight, void* bias, void* y, void* mean,
        void* invStd, long rows, long n, double epsilon) =>
        LaneWork.Run(type, new ForwardWork((byte*)x, (byte*)weight, (byte*)bias, (byte*)y,
            (byte*)mean, (byte*)invStd, rows, n, epsilon));

    /// <summary>
    /// With g = gy·weight: gx = invStd·(g − mean(g) − x̂·mean(g·x̂)) by rows, gweight = Σ gy·x̂,
    /// gbias = Σ gy and gxSum = Σ gx over rows. The first two sums come together; any may be null.
    /// gx may be the memory of gy.
    /// </summary>
    public static void Backward(DType type, void* gy, void* x, void* weight, void* mean,
        void* invStd, void* gx, void* gweight, void* gbias, void* gxSum, long rows, long n) =>
        LaneWork.Run(type, new BackwardWork((byte*)gy, (byte*)x, (byte*)weight, (byte*)mean,
            (byte*)invStd, (byte*)gx, (byte*)gweight, (byte*)gbias, (byte*)gxSum, rows, n));

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
        byte* gbias, byte* gxSum, long rows, long n) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            // A function of the sizes alone: sums keep their order on any number of threads.
            var parts = (int)Math.Clamp(rows * n / WorkPerPart, 1, Math.Min(MostParts, rows + 1));
            var bytes = (nint)n * LaneWork.Size<V>();
            var ofPart = ((gweight is null ? 0 : 2) + (gxSum is null ? 0 : 1)) * bytes;
            using var scratch = Scratch.Rent(parts * ofPart);
            var sums = (byte*)scratch.Pointer;
            var sumsGx = gxSum is null ? null : sums + ofPart - bytes;
            var body = new BackwardRows<V>(gy, x, weight, mean, invStd, gx,
                gweight is null ? null : sums, sumsGx, ofPart, rows, (nint)n, parts);
            WorkerTeam.For(parts, ref body);
            if (gweight is not null)
            {
                PartialSums<V>.Add(sums, gweight, (nint)n, parts, ofPart);
                PartialSums<V>.Add(sums + bytes, gbias, (nint)n, parts, ofPart);
            }

            if (gxSum is not null)
            {
                PartialSums<V>.Add(sumsGx, gxSum, (nint)n, parts, ofPart);
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
            var row = chunks.Start(chunk);
            var end = chunks.End(chunk);
            for (; row <= end - Together; row += Together)
            {
                Run<FourRows<V>>(row);
            }

            for (; row < end; row++)
            {
                Run<OneRow<V>>(row);
            }
        }

        private void Run<TRows>(long row) where TRows : struct, IRowLanes<TRows, V>
        {
            var size = LaneWork.Size<V>();
            var at = (nint)row * n * size;
            var m = stackalloc double[Together];
            var s = stackalloc double[Together];
            LayerNormRows<V, TRows>.Statistics(x + at, n, epsilon, m, s);
            for (var i = 0; i < TRows.Count; i++)
            {
                LaneWork.Write<V>(m[i], mean + ((row + i) * size));
                LaneWork.Write<V>(s[i], invStd + ((row + i) * size));
            }

            LayerNormRows<V, TRows>.Normalize(x + at, weight, bias, y + at, n, m, s);
        }
    }

    private readonly struct BackwardRows<V>(
        byte* gy, byte* x, byte* weight, byte* mean, byte* invStd, byte* gx, byte* sums,
        byte* sumsGx, nint ofPart, long rows, nint n, int parts) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var bytes = n * LaneWork.Size<V>();
            var gweight = sums is null ? null : sums + (chunk * ofPart);
            var gbias = sums is null ? null : gweight + bytes;
            var gxSum = sumsGx is null ? null : sumsGx + (chunk * ofPart);
            if (ofPart > 0)
            {
                new Span<byte>(sums is null ? gxSum : gweight, checked((int)ofPart)).Clear();
            }

            var row = rows * chunk / parts;
            var end = rows * (chunk + 1) / parts;
            for (; row <= end - Together; row += Together)
            {
                Run<FourRows<V>>(row, gweight, gbias, gxSum);
            }

            for (; row < end; row++)
            {
                Run<OneRow<V>>(row, gweight, gbias, gxSum);
            }
        }

        private void Run<TRows>(long row, byte* gweight, byte* gbias, byte* gxSum)
            where TRows : struct, IRowLanes<TRows, V>
        {
            var size = LaneWork.Size<V>();
            var at = (nint)row * n * size;
            var m = stackalloc double[Together];
            var s = stackalloc double[Together];
            for (var i = 0; i < TRows.Count; i++)
            {
                m[i] = LaneWork.Read<V>(mean + ((row + i) * size));
                s[i] = LaneWork.Read<V>(invStd + ((row + i) * size));
            }

            var meanG = stackalloc double[Together];
            var dot = stackalloc double[Together];
            LayerNormRows<V, TRows>.Dots(
                gy + at, x + at, weight, gweight, gbias, n, m, s, meanG, dot);
            LayerNormRows<V, TRows>.Gradient(
                gy + at, x + at, weight, gx + at, gxSum, n, m, s, meanG, dot);
        }
    }
}
