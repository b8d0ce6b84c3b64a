namespace Nabla.Kernels.Cpu;

/// <summary>
/// Batch normalization (Ioffe and Szegedy 2015): y = (x − mean)·weight / √(variance + ε) + bias
/// with statistics per channel. Layout: x (samples, channels, length), contiguous, float or double;
/// weight and bias (channels) may be null, for 1 and 0.
/// </summary>
internal static unsafe class BatchNorm
{
    /// <summary>
    /// Normalizes by the batch's own statistics and writes them: the mean, the variance (biased:
    /// divided by samples · length) and 1 / √(variance + ε), each (channels). A residual of x's
    /// size may be added to y, and y be limited from 0 to <paramref name="upper"/>, which may be ∞.
    /// </summary>
    public static void ForwardTraining<T>(
        T* x, T* weight, T* bias, T* y, T* mean, T* variance, T* invStd,
        long samples, long channels, long length, double epsilon,
        T* residual = null, double? upper = null)
        where T : unmanaged =>
        LaneWork.Run<T, ForwardWork>(new()
        {
            X = (byte*)x,
            Weight = (byte*)weight,
            Bias = (byte*)bias,
            Y = (byte*)y,
            Mean = (byte*)mean,
            Variance = (byte*)variance,
            InvStd = (byte*)invStd,
            Shape = new(samples, channels, length),
            Epsilon = epsilon,
            Training = true,
            Residual = (byte*)residual,
            Upper = upper,
        });

    /// <summary>Normalizes by given statistics (channels), the running ones.</summary>
    public static void ForwardInference<T>(
        T* x, T* weight, T* bias, T* mean, T* variance, T* y,
        long samples, long channels, long length, double epsilon)
        where T : unmanaged =>
        LaneWork.Run<T, ForwardWork>(new()
        {
            X = (byte*)x,
            Weight = (byte*)weight,
            Bias = (byte*)bias,
            Y = (byte*)y,
            Mean = (byte*)mean,
            Variance = (byte*)variance,
            Shape = new(samples, channels, length),
            Epsilon = epsilon,
        });

    /// <summary>
    /// With x̂ = (x − mean)·invStd and m = samples · length: gbias = Σ gy, gweight = Σ gy·x̂, and
    /// gx = weight·invStd·(gy − gbias/m − x̂·gweight/m), or weight·invStd·gy where the statistics
    /// were given (<paramref name="training"/> false). Outputs that are null are left out.
    /// </summary>
    public static void Backward<T>(
        T* gy, T* x, T* weight, T* mean, T* invStd, T* gx, T* gweight, T* gbias,
        long samples, long channels, long length, bool training)
        where T : unmanaged =>
        LaneWork.Run<T, BackwardWork>(new()
        {
            Gy = (byte*)gy,
            X = (byte*)x,
            Weight = (byte*)weight,
            Mean = (byte*)mean,
            InvStd = (byte*)invStd,
            Gx = (byte*)gx,
            Gweight = (byte*)gweight,
            Gbias = (byte*)gbias,
            Shape = new(samples, channels, length),
            Training = training,
        });

    /// <summary>
    /// The same in training with gy where the forward pass's y lay between 0 and
    /// <paramref name="upper"/>, else 0. That y is computed again, from what is read anyway, and
    /// has the bits that it had.
    /// </summary>
    public static void BackwardLimited<T>(
        T* gy, T* x, T* weight, T* bias, T* mean, T* invStd, T* gx, T* gweight, T* gbias,
        double upper, long samples, long channels, long length)
        where T : unmanaged =>
        LaneWork.Run<T, BackwardWork>(new()
        {
            Gy = (byte*)gy,
            X = (byte*)x,
            Weight = (byte*)weight,
            Bias = (byte*)bias,
            Mean = (byte*)mean,
            InvStd = (byte*)invStd,
            Gx = (byte*)gx,
            Gweight = (byte*)gweight,
            Gbias = (byte*)gbias,
            Shape = new(samples, channels, length),
            Training = true,
            Upper = upper,
        });

    /// <summary>
    /// The same in training with g = gy + other instead of gy, and 0 where <paramref name="mask"/>
    /// is not above 0; writes g, too. Other and mask may be null.
    /// </summary>
    public static void BackwardJoined<T>(
        T* gy, T* other, T* mask, T* g, T* x, T* weight, T* mean, T* invStd, T* gx, T* gweight,
        T* gbias, long samples, long channels, long length)
        where T : unmanaged =>
        LaneWork.Run<T, BackwardWork>(new()
        {
            Gy = (byte*)gy,
            Other = (byte*)other,
            Mask = (byte*)mask,
            Joined = (byte*)g,
            X = (byte*)x,
            Weight = (byte*)weight,
            Mean = (byte*)mean,
            InvStd = (byte*)invStd,
            Gx = (byte*)gx,
            Gweight = (byte*)gweight,
            Gbias = (byte*)gbias,
            Shape = new(samples, channels, length),
            Training = true,
        });

    /// <summary>The sizes of an input.</summary>
    internal readonly record struct Sizes(long Samples, long Channels, long Length)
    {
        /// <summary>Numbers of a channel.</summary>
        public double PerChannel => (double)Samples * Length;
    }

    /// <summary>What a forward pass reads and writes.</summary>
    internal struct ForwardWork : ILaneWork
    {
        public byte* X, Weight, Bias, Y, Mean, Variance, InvStd, Residual;
        public Sizes Shape;
        public double Epsilon;
        public bool Training;

        /// <summary>The largest output, the least being 0; or null.</summary>
        public double? Upper;

        public readonly void Run<V>() where V : unmanaged, ILanes<V>
        {
            if (Shape.Length == 1)
            {
                var groups = (Shape.Channels + V.Count - 1) / V.Count;
                var chunks = RowChunks.Of(groups, 2 * Shape.Samples * V.Count);
                var body = new ForwardColumns<V>(this, chunks);
                WorkerTeam.For(chunks.Count, ref body);
            }
            else
            {
                var together = BatchNormChannel<V>.Together(Shape);
                var groups = (Shape.Channels + together - 1) / together;
                var chunks = RowChunks.Of(
                    groups, 2 * Shape.Samples * Shape.Length * together);
                var body = new ForwardChannels<V>(this, chunks, together);
                WorkerTeam.For(chunks.Count, ref body);
            }
        }
    }

    /// <summary>What a backward pass reads and writes.</summary>
    internal struct BackwardWork : ILaneWork
    {
        public byte* Gy, Other, Mask, Joined, X, Weight, Bias, Mean, InvStd, Gx, Gweight, Gbias;
        public Sizes Shape;
        public bool Training;

        /// <summary>Up to where outputs above 0 let a gradient pass; null where all do.</summary>
        public double? Upper;

        /// <summary>Whether anything needs the sums over gy.</summary>
        public readonly bool NeedsSums => Training || Gweight is not null || Gbias is not null;

        public readonly void Run<V>() where V : unmanaged, ILanes<V>
        {
            if (Shape.Length == 1)
            {
                var groups = (Shape.Channels + V.Count - 1) / V.Count;
                var chunks = RowChunks.Of(groups, 2 * Shape.Samples * V.Count);
                var body = new BackwardColumns<V>(this, chunks);
                WorkerTeam.For(chunks.Count, ref body);
            }
            else
            {
                var together = BatchNormChannel<V>.Together(Shape);
                var groups = (Shape.Channels + together - 1) / together;
                var chunks = RowChunks.Of(
                    groups, 2 * Shape.Samples * Shape.Length * together);
                var body = new BackwardChannels<V>(this, chunks, together);
                WorkerTeam.For(chunks.Count, ref body);
            }
        }
    }

    private readonly struct ForwardChannels<V>(
        ForwardWork work, RowChunks chunks, nint together) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            for (var group = chunks.Start(chunk); group < chunks.End(chunk); group++)
            {
                var channel = (nint)group * together;
                BatchNormChannel<V>.Forward(
                    work, channel, nint.Min(together, (nint)work.Shape.Channels - channel));
            }
        }
    }

    private readonly struct ForwardColumns<V>(ForwardWork work, RowChunks chunks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            for (var group = chunks.Start(chunk); group < chunks.End(chunk); group++)
            {
                BatchNormColumns<V>.Forward(work, (nint)group * V.Count);
            }
        }
    }

    private readonly struct BackwardChannels<V>(
        BackwardWork work, RowChunks chunks, nint together) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            for (var group = chunks.Start(chunk); group < chunks.End(chunk); group++)
            {
                var channel = (nint)group * together;
                BatchNormChannelBackward<V>.Run(
                    work, channel, nint.Min(together, (nint)work.Shape.Channels - channel));
            }
        }
    }

    private readonly struct BackwardColumns<V>(BackwardWork work, RowChunks chunks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            for (var group = chunks.Start(chunk); group < chunks.End(chunk); group++)
            {
                BatchNormColumns<V>.Backward(work, (nint)group * V.Count);
            }
        }
    }
}
