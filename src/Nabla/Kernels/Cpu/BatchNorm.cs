namespace Nabla.Kernels.Cpu;

/// <summary>
/// Batch normalization (Ioffe and Szegedy 2015): y = (x − mean)·weight / √(variance + ε) + bias
/// with statistics per channel. Layout: x (samples, channels, length), contiguous, float or double;
/// weight and bias (channels) may be null, for 1 and 0.
/// </summary>
internal static unsafe class BatchNorm
{
    /// <summary>
    /// In training, normalizes by the batch's own statistics and writes them: the mean, the
    /// variance (biased: divided by samples · length) and 1 / √(variance + ε), each (channels);
    /// otherwise reads the first two, the running ones.
    /// </summary>
    public static void Forward(DType type, in ForwardWork work) =>
        LaneWork.Run(type, new AllChannels<ForwardWork>(work));

    /// <summary>
    /// With x̂ = (x − mean)·invStd and m = samples · length: gbias = Σ gy, gweight = Σ gy·x̂, and
    /// gx = weight·invStd·(gy − gbias/m − x̂·gweight/m), or weight·invStd·gy where the statistics
    /// were given. Outputs that are null are left out.
    /// </summary>
    public static void Backward(DType type, in BackwardWork work) =>
        LaneWork.Run(type, new AllChannels<BackwardWork>(work));

    /// <summary>A pass over some neighbouring channels.</summary>
    private interface IPass
    {
        Sizes Shape { get; }

        void Run<V>(nint channel, nint count) where V : unmanaged, ILanes<V>;
    }

    /// <summary>The sizes of an input.</summary>
    internal readonly record struct Sizes(long Samples, long Channels, long Length)
    {
        /// <summary>Numbers of a channel.</summary>
        public double PerChannel => (double)Samples * Length;
    }

    /// <summary>What a forward pass reads and writes.</summary>
    internal struct ForwardWork : IPass
    {
        public byte* X, Weight, Bias, Y, Mean, Variance, InvStd;

        /// <summary>Of x's size, added to y; or null.</summary>
        public byte* Residual;
        public double Epsilon;
        public bool Training;

        /// <summary>The largest output, which may be ∞, the least being 0; or null.</summary>
        public double? Upper;

        public Sizes Shape { get; init; }

        public readonly void Run<V>(nint channel, nint count) where V : unmanaged, ILanes<V>
        {
            if (Shape.Length == 1)
            {
                BatchNormColumns<V>.Forward(this, channel);
            }
            else
            {
                BatchNormChannel<V>.Forward(this, channel, count);
            }
        }
    }

    /// <summary>What a backward pass reads and writes.</summary>
    internal struct BackwardWork : IPass
    {
        public byte* Gy, X, Weight, Mean, InvStd, Gx, Gweight, Gbias;

        /// <summary>Where g, which then stands for gy, is written: gy + other, and 0 where the mask
        /// is not above 0. Other and mask may be null; so may this, for gy itself.</summary>
        public byte* Joined, Other, Mask;
        public bool Training;

        /// <summary>Up to where the forward pass's outputs above 0 let a gradient pass; null where
        /// all do. They are computed again, which takes the bias, and have the bits that they had.
        /// </summary>
        public double? Upper;
        public byte* Bias;

        public Sizes Shape { get; init; }

        /// <summary>Whether anything needs the sums over gy.</summary>
        public readonly bool NeedsSums => Training || Gweight is not null || Gbias is not null;

        public readonly void Run<V>(nint channel, nint count) where V : unmanaged, ILanes<V>
        {
            if (Shape.Length == 1)
            {
                BatchNormColumns<V>.Backward(this, channel);
            }
            else
            {
                BatchNormChannelBackward<V>.Run(this, channel, count);
            }
        }
    }

    private readonly struct AllChannels<TPass>(TPass pass) : ILaneWork where TPass : struct, IPass
    {
        public void Run<V>() where V : unmanaged, ILanes<V>
        {
            var shape = pass.Shape;
            var together = shape.Length == 1 ? V.Count : BatchNormChannel<V>.Together(shape);
            var chunks = RowChunks.Of((shape.Channels + together - 1) / together,
                2 * shape.Samples * shape.Length * together);
            var body = new Groups<TPass, V>(pass, chunks, together);
            WorkerTeam.For(chunks.Count, ref body);
        }
    }

    private readonly struct Groups<TPass, V>(TPass pass, RowChunks chunks, nint together)
        : IChunkBody
        where TPass : struct, IPass
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            for (var group = chunks.Start(chunk); group < chunks.End(chunk); group++)
            {
                var channel = (nint)group * together;
                pass.Run<V>(channel, nint.Min(together, (nint)pass.Shape.Channels - channel));
            }
        }
    }
}
