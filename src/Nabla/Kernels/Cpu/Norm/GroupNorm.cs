namespace Nabla.Kernels.Cpu;

/// <summary>
/// Group normalization (Wu, He 2018, section 3): y = x̂·weight[c] + bias[c] with
/// x̂ = (x − mean) / √(variance + ε), by the statistics of each group of channels of each sample.
/// Layout: x (samples, channels, pixels), contiguous, float or double; a row of the statistics is
/// a group, channels / groups planes side by side. Weight and bias (channels) may be null, for 1
/// and 0.
/// </summary>
internal static unsafe class GroupNorm
{
    /// <summary>Also writes each group's mean and 1 / √(variance + ε).</summary>
    public static void Forward(DType type, void* x, void* weight, void* bias, void* y, void* mean,
        void* invStd, in GroupNormShape shape, double epsilon)
    {
        if (weight == null)
        {
            LayerNorm.Forward(
                type, x, null, null, y, mean, invStd, shape.Rows, shape.RowSize, epsilon);
        }
        else
        {
            LaneWork.Run(type, new ForwardWork((byte*)x, (byte*)weight, (byte*)bias, (byte*)y,
                (byte*)mean, (byte*)invStd, shape, epsilon));
        }
    }

    /// <summary>
    /// With g = gy·weight: gx = invStd·(g − mean(g) − x̂·mean(g·x̂)) by groups, gweight = Σ gy·x̂
    /// and gbias = Σ gy over samples and pixels. Weight, gweight and gbias are all null, or none
    /// is.
    /// </summary>
    public static void Backward(DType type, void* gy, void* x, void* weight, void* mean,
        void* invStd, void* gx, void* gweight, void* gbias, in GroupNormShape shape)
    {
        if (weight == null)
        {
            LayerNorm.Backward(type, gy, x, null, mean, invStd, gx, null, null, null,
                shape.Rows, shape.RowSize);
        }
        else
        {
            LaneWork.Run(type, new BackwardWork((byte*)gy, (byte*)x, (byte*)weight, (byte*)mean,
                (byte*)invStd, (byte*)gx, (byte*)gweight, (byte*)gbias, shape));
        }
    }

    private readonly struct ForwardWork(
        byte* x, byte* weight, byte* bias, byte* y, byte* mean, byte* invStd,
        GroupNormShape shape, double epsilon) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var chunks = RowChunks.Of(shape.RowSize == 0 ? 0 : shape.Rows, shape.RowSize);
            var body = new ForwardRows<V>(
                x, weight, bias, y, mean, invStd, shape, epsilon, chunks);
            WorkerTeam.For(chunks.Count, ref body);
        }
    }

    private readonly struct BackwardWork(
        byte* gy, byte* x, byte* weight, byte* mean, byte* invStd, byte* gx, byte* gweight,
        byte* gbias, GroupNormShape shape) : ILaneWork
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var size = LaneWork.Size<V>();
            var (samples, channels) = ((nint)shape.Samples, (nint)shape.Channels);
            if (shape.Rows * shape.RowSize == 0)
            {
                new Span<byte>(gweight, checked((int)(channels * size))).Clear();
                new Span<byte>(gbias, checked((int)(channels * size))).Clear();
                return;
            }

            // Each sample's sums have a place of their own: no order of threads can change them.
            var bytes = samples * channels * size;
            using var scratch = Scratch.Rent(2 * bytes);
            var normals = (byte*)scratch.Pointer;
            var sums = normals + bytes;
            var chunks = RowChunks.Of(shape.Rows, shape.RowSize);
            var body = new BackwardRows<V>(
                gy, x, weight, mean, invStd, gx, normals, sums, shape, chunks);
            WorkerTeam.For(chunks.Count, ref body);
            PartialSums<V>.Add(normals, gweight, channels, (int)samples, channels * size);
            PartialSums<V>.Add(sums, gbias, channels, (int)samples, channels * size);
        }
    }

    private readonly struct ForwardRows<V>(
        byte* x, byte* weight, byte* bias, byte* y, byte* mean, byte* invStd,
        GroupNormShape shape, double epsilon, RowChunks chunks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var size = LaneWork.Size<V>();
            var (n, channels) = ((nint)shape.RowSize, (nint)shape.PerGroup);
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var at = (nint)row * n * size;
                double m, s;
                LayerNormRows<V, OneRow<V>>.Statistics(x + at, n, epsilon, &m, &s);
                LaneWork.Write<V>(m, mean + (row * size));
                LaneWork.Write<V>(s, invStd + (row * size));
                var first = (nint)(row % shape.Groups) * channels * size;
                if (shape.Pixels == 1)
                {
                    LayerNormRows<V, OneRow<V>>.Normalize(
                        x + at, weight + first, bias + first, y + at, n, &m, &s);
                }
                else
                {
                    GroupNormRow<V>.Normalize(x + at, weight + first, bias + first, y + at,
                        channels, (nint)shape.Pixels, m, s);
                }
            }
        }
    }

    private readonly struct BackwardRows<V>(
        byte* gy, byte* x, byte* weight, byte* mean, byte* invStd, byte* gx, byte* normals,
        byte* sums, GroupNormShape shape, RowChunks chunks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var size = LaneWork.Size<V>();
            var (n, channels) = ((nint)shape.RowSize, (nint)shape.PerGroup);
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var at = (nint)row * n * size;
                var m = LaneWork.Read<V>(mean + (row * size));
                var s = LaneWork.Read<V>(invStd + (row * size));
                var first = (nint)(row % shape.Groups) * channels * size;
                var sum = (nint)row * channels * size;
                if (shape.Pixels == 1)
                {
                    new Span<byte>(normals + sum, checked((int)(channels * size))).Clear();
                    new Span<byte>(sums + sum, checked((int)(channels * size))).Clear();
                    double meanG, dot;
                    LayerNormRows<V, OneRow<V>>.Dots(gy + at, x + at, weight + first,
                        normals + sum, sums + sum, n, &m, &s, &meanG, &dot);
                    LayerNormRows<V, OneRow<V>>.Gradient(gy + at, x + at, weight + first,
                        gx + at, null, n, &m, &s, &meanG, &dot);
                }
                else
                {
                    GroupNormRow<V>.Gradient(gy + at, x + at, weight + first, gx + at,
                        normals + sum, sums + sum, channels, (nint)shape.Pixels, m, s);
                }
            }
        }
    }
}
