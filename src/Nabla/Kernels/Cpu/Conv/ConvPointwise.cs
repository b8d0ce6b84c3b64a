namespace Nabla.Kernels.Cpu;

/// <summary>
/// A 1 × 1 convolution of stride 1 without padding or groups, or the gradient with respect to its
/// input: a product of the weights and each image's channels, band by band of its pixels. Only a
/// band whose rows would share cache sets is copied.
/// </summary>
internal unsafe struct ConvPointwise : IChunkBody
{
    /// <summary>Columns of a product's tile: how finely bands are cut.</summary>
    private const int TileColumns = 32;

    /// <summary>Share of the tiles' columns that pixels must fill.</summary>
    private const double LeastFilled = 0.8;

    /// <summary>Pixels of a band at least.</summary>
    private const int LeastBand = 128;

    /// <summary>Target channels of a chunk at least, where they are shared out.</summary>
    private const int LeastRows = 56;

    /// <summary>Bytes of a band, source and target together: they stay in one core's L2.</summary>
    private const nint BandBytes = 384 << 10;

    /// <summary>Chunks to aim at: enough for some threads to end together. Not the number of
    /// threads, for a product's order of additions may follow its sizes.</summary>
    private const int LeastChunks = 16;

    /// <summary>Bytes apart at which rows share a cache set.</summary>
    private const int SameSet = 4096;

    /// <summary>Numbers that take copied rows off that distance.</summary>
    private const int Gap = 16;

    private ConvPlan _plan;
    private float* _source;
    private float* _weights;
    private float* _target;
    private ConvEpilogue _epilogue;
    private int _bands;
    private int _band;
    private int _rowBlocks;
    private bool _copies;

    /// <summary>True where the product of the weights and an image is the convolution, and fills
    /// the tiles.</summary>
    public static bool Suits(in ConvPlan plan)
    {
        var pixels = plan.TargetSize;
        return pixels > 0
            && plan is { Groups: 1, H.Taps: 1, W.Taps: 1, Channels: > 0 }
            && plan is { SourcePhases: 1, TargetPhases: 1 }
            && plan.H.Target == plan.H.Source
            && plan.W.Target == plan.W.Source
            && pixels >= LeastFilled * RoundUp(pixels);
    }

    /// <summary>Computes target (N, Rows, …) from source (N, Channels, …).</summary>
    /// <param name="plan">The geometry.</param>
    /// <param name="images">N.</param>
    /// <param name="source">The input, or the output's gradient.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="target">Where the result goes.</param>
    /// <param name="epilogue">What is done to the sums.</param>
    public static void Run(
        in ConvPlan plan,
        int images,
        float* source,
        float* weights,
        float* target,
        in ConvEpilogue epilogue)
    {
        var body = new ConvPointwise
        {
            _plan = plan,
            _source = source,
            _weights = weights,
            _target = target,
            _epilogue = epilogue,
            _copies = plan.SourceSize * sizeof(float) % SameSet == 0,
        };
        body.Split(images);
        WorkerTeam.For(images * body._bands * body._rowBlocks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        (chunk, var rowBlock) = Math.DivRem(chunk, _rowBlocks);
        var (image, band) = Math.DivRem(chunk, _bands);
        var row = (int)((long)_plan.Rows * rowBlock / _rowBlocks);
        var rows = (int)((long)_plan.Rows * (rowBlock + 1) / _rowBlocks) - row;
        nint pixels = _plan.TargetSize;
        var first = band * (nint)_band;
        var count = (int)Math.Min(_band, pixels - first);
        var source = _source + (image * _plan.Channels * pixels) + first;
        var step = pixels;
        nint pitch = _band + Gap;
        using var lease = Scratch.Rent<float>(_copies ? _plan.Channels * pitch : 0);
        if (_copies)
        {
            var copy = (float*)lease.Pointer;
            for (var c = 0; c < _plan.Channels; c++)
            {
                ConvPlanes.Copy(source + (c * pixels), copy + (c * pitch), count);
            }

            source = copy;
            step = pitch;
        }

        var at = (((image * (nint)_plan.Rows) + row) * pixels) + first;
        Gemm.Run(
            rows, count, _plan.Channels, _weights + (row * _plan.WeightRow), _plan.WeightRow,
            _plan.WeightChannel, source, step, 1, _target + at, pixels,
            new GemmEpilogue { RowBias = _epilogue.Bias == null ? null : _epilogue.Bias + row });
        for (var k = 0; _epilogue.HasFinish && k < rows; k++)
        {
            _epilogue.Finish(_target, at + (k * pixels), count);
        }
    }

    private static int RoundUp(int pixels) =>
        (pixels + TileColumns - 1) / TileColumns * TileColumns;

    /// <summary>Chooses the chunks, from sizes alone.</summary>
    private void Split(int images)
    {
        var pixels = _plan.TargetSize;
        var fit = BandBytes / ((_plan.Channels + _plan.Rows) * (nint)sizeof(float));
        var band = (int)Math.Clamp(fit, LeastBand, Math.Max(LeastBand, pixels));
        _bands = (pixels + band - 1) / band;
        _band = RoundUp((pixels + _bands - 1) / _bands);
        _bands = (pixels + _band - 1) / _band;
        var parts = Math.Max(1, images * _bands);
        _rowBlocks = Math.Clamp(
            (LeastChunks + parts - 1) / parts, 1, 1 + (_plan.Rows / LeastRows));
    }
}
