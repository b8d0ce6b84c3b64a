namespace Nabla.Kernels.Cpu;

/// <summary>
/// A convolution without groups, or the gradient with respect to its input, of some images: a tile
/// is one pixel of all images of a unit by a panel of target channels. So neither strides nor rows'
/// ends cost anything, and no tap reads padding.
/// </summary>
/// <remarks>
/// The source is packed as [unit][panel][pixel][image][channel], weights as
/// <see cref="ConvBatchWeights{V}"/> says. A tile's targets go to [pixel][image][channel] and from
/// there to their planes.
/// </remarks>
internal unsafe struct ConvBatch<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    /// <summary>Images from which a tile has rows enough.</summary>
    private const int MinImages = 6;

    /// <summary>Channels, in and out, from which lanes and runs are used well.</summary>
    private const int MinChannels = 12;

    /// <summary>Chunks to aim at: enough for some threads to end together.</summary>
    private const int LeastChunks = 16;

    /// <summary>Bytes of a chunk's source, which stays in the second-level cache beside a panel of
    /// weights.</summary>
    private const nint SourceBytes = 256 << 10;

    /// <summary>Bytes of a panel's targets.</summary>
    private const nint TargetBytes = 96 << 10;

    private ConvPlan _plan;
    private ConvPixels _pixels;
    private ConvBatchSource<V> _source;
    private float* _weights;
    private float* _target;
    private ConvEpilogue _epilogue;
    private int _rowsPerBlock;
    private int _rowBlocks;
    private int _panelBlocks;

    /// <summary>Channels of a panel.</summary>
    public static int Panel => 2 * V.Count;

    private readonly int Panels => (_plan.Rows + Panel - 1) / Panel;

    private readonly int Taps => _plan.H.Taps * _plan.W.Taps;

    /// <summary>True when images and channels are many enough.</summary>
    public static bool Suits(in ConvPlan plan, int images) =>
        plan is { Groups: 1, TargetSize: > 0 }
        && images >= MinImages
        && plan.Channels >= MinChannels
        && plan.Rows >= MinChannels;

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
        using var tables = Scratch.Rent<int>(ConvPixels.Room(in plan));
        var pixels = new ConvPixels(in plan, (int*)tables.Pointer);
        var pack = ConvBatchSource<V>.Of(
            in pixels, images, NhwcTiles.MaxRows(V.Count), plan.Channels, source);
        using var packed = Scratch.Rent<float>(pack.Size);
        pack.Packed = (float*)packed.Pointer;
        WorkerTeam.For(pack.Chunks, ref pack);

        using var panels = Scratch.Rent<float>(ConvBatchWeights<V>.Size(in plan));
        ConvBatchWeights<V>.Pack(in plan, weights, epilogue.Bias, (float*)panels.Pointer);
        var body = new ConvBatch<V>
        {
            _plan = plan,
            _pixels = pixels,
            _source = pack,
            _weights = (float*)panels.Pointer,
            _target = target,
            _epilogue = epilogue,
        };
        body.Split();
        WorkerTeam.For(body._panelBlocks * pack.Units * body._rowBlocks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var rowBlock = chunk % _rowBlocks;
        chunk /= _rowBlocks;
        var unit = chunk % _source.Units;
        var block = chunk / _source.Units;
        var row = rowBlock * _rowsPerBlock;
        var rowEnd = Math.Min(row + _rowsPerBlock, _plan.H.Target);
        var images = _source.ImagesOf(unit);
        nint pixelStep = images.Count * Panel;

        using var runsLease = Scratch.Rent<NhwcRun>(Taps * (nint)_source.Panels);
        using var tileLease = Scratch.Rent<float>(
            (rowEnd - row) * (nint)_plan.W.Target * pixelStep);
        var args = new NhwcTileArgs
        {
            Source = _source.Unit(unit),
            SourceStep = Panel,
            Runs = (NhwcRun*)runsLease.Pointer,
            TargetStep = Panel,
            Min = float.NegativeInfinity,
            Max = float.PositiveInfinity,
        };
        args.Source7 = args.Source + (NhwcTiles.Half * args.SourceStep);
        var panel = (int)((long)Panels * block / _panelBlocks);
        var panelEnd = (int)((long)Panels * (block + 1) / _panelBlocks);
        for (; panel < panelEnd; panel++)
        {
            var first = panel * Panel;
            var channels = Math.Min(Panel, _plan.Rows - first);
            args.Columns = channels > V.Count ? Panel : V.Count;
            args.Weights = _weights + (first * (nint)_plan.AllTaps);
            args.Ahead = (byte*)args.Weights;
            args.Bias = _weights + (Panels * (nint)Panel * _plan.AllTaps) + first;
            args.Target = (float*)tileLease.Pointer;
            for (var i = row; i < rowEnd; i++)
            {
                for (var j = 0; j < _plan.W.Target; j++, args.Target += pixelStep)
                {
                    args.RunCount = WriteRuns(i, j, args.Runs);
                    args.Target7 = args.Target + (NhwcTiles.Half * args.TargetStep);
                    NhwcTiles.RunTile(V.Count, images.Count, &args);
                }
            }

            MoveOut(images, first, channels, row, rowEnd, (float*)tileLease.Pointer, pixelStep);
        }
    }

    /// <summary>Chooses the chunks, which share out the targets.</summary>
    private void Split()
    {
        var (height, width) = (_plan.H.Target, _plan.W.Target);
        var sourceRow = Math.Max(1, _source.UnitSize * sizeof(float) / height);
        var targetRow = width * (nint)_source.ImagesPerUnit * Panel * sizeof(float);
        var rows = (int)Math.Clamp(
            Math.Min(SourceBytes / sourceRow, TargetBytes / targetRow), 1, height);
        _rowBlocks = (height + rows - 1) / rows;
        _rowsPerBlock = (height + _rowBlocks - 1) / _rowBlocks;
        _rowBlocks = (height + _rowsPerBlock - 1) / _rowsPerBlock;
        var parts = _source.Units * _rowBlocks;
        var least = WorkerTeam.Wanted(LeastChunks);
        _panelBlocks = Math.Clamp((least + parts - 1) / parts, 1, Panels);
    }

    /// <summary>Lists what a target reads, and returns how many runs that is.</summary>
    private readonly int WriteRuns(int row, int column, NhwcRun* runs)
    {
        var count = 0;
        for (var r = 0; r < _plan.H.Taps; r++)
        {
            for (var s = 0; s < _plan.W.Taps; s++)
            {
                var slot = _pixels.Slot(row, column, r, s);
                if (slot < 0)
                {
                    continue;
                }

                var weights = ((r * _plan.W.Taps) + s) * (nint)_plan.Channels;
                for (var channel = 0; channel < _plan.Channels; channel += Panel)
                {
                    runs[count++] = new(
                        _source.Offset(channel / Panel, slot), (weights + channel) * Panel,
                        Math.Min(Panel, _plan.Channels - channel));
                }
            }
        }

        return count;
    }

    private readonly void MoveOut(
        ConvBatchImages images, int first, int channels, int row, int rowEnd, float* tiles,
        nint pixelStep)
    {
        var pixels = (rowEnd - row) * _plan.W.Target;
        for (var n = 0; n < images.Count; n++, tiles += Panel)
        {
            var at = ((((images.First + n) * (nint)_plan.Rows) + first) * _plan.TargetSize)
                + (row * (nint)_plan.W.Target);
            ConvPixelTranspose.Run<V>(
                tiles, pixelStep, pixels, channels, _target + at, _plan.TargetSize);
            for (var k = 0; _epilogue.HasFinish && k < channels; k++)
            {
                _epilogue.Finish(_target, at + (k * (nint)_plan.TargetSize), pixels);
            }
        }
    }
}
