namespace Nabla.Kernels.Cpu;

/// <summary>
/// The gradient with respect to the weights of a layer without groups, from some images: a tile is
/// one tap of some input channels by a panel of output channels, and sums over the images of each
/// pixel in turn. So neither strides nor rows' ends cost anything, and no sum holds padding.
/// </summary>
/// <remarks>
/// The input is packed as [unit][channel][pixel][image], the output's gradient as
/// <see cref="ConvBatchSource{V}"/> says.
/// </remarks>
internal unsafe struct ConvBatchGrad<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    /// <summary>Images of a unit from which runs are long enough.</summary>
    private const int MinImages = 8;

    private const int MaxImages = 32;

    /// <summary>Channels, in and out, from which tiles are filled.</summary>
    private const int MinChannels = 12;

    /// <summary>Bytes of a tile's input and of a panel's gradient, which stay in the second-level
    /// cache together.</summary>
    private const nint UnitBytes = 512 << 10;

    private ConvPlan _plan;
    private ConvBatchSource<V> _gradient;
    private ConvBatchPlanes<V> _input;
    private ConvTapRuns _runs;
    private float* _weights;
    private int _tiles;

    /// <summary>True when images and channels are many enough.</summary>
    public static bool Suits(in ConvPlan plan, int images) =>
        plan is { Groups: 1, TargetSize: > 0 }
        && plan.Channels >= MinChannels
        && plan.Rows >= MinChannels
        && ImagesPerUnit(in plan, images) >= MinImages;

    /// <summary>Computes (K, C, R, S) from the input and the output's gradient.</summary>
    /// <param name="plan">The forward geometry.</param>
    /// <param name="images">N.</param>
    /// <param name="source">The input.</param>
    /// <param name="gradient">The output's gradient.</param>
    /// <param name="weights">Where the result goes.</param>
    public static void Run(
        in ConvPlan plan, int images, float* source, float* gradient, float* weights)
    {
        var perUnit = ImagesPerUnit(in plan, images);
        using var tables = Scratch.Rent<int>(ConvPixels.Room(in plan));
        var pixels = new ConvPixels(in plan, (int*)tables.Pointer);
        var fromGradient = ConvBatchSource<V>.Of(
            ConvPixels.All(plan.TargetSize), images, perUnit, plan.Rows, gradient,
            fillsUnits: true);
        var fromInput = ConvBatchPlanes<V>.Of(
            in pixels, images, perUnit, plan.Channels, source);
        using var gradientLease = Scratch.Rent<float>(fromGradient.Size);
        using var inputLease = Scratch.Rent<float>(fromInput.Size);
        using var runs = Scratch.Rent<NhwcRun>(ConvTapRuns.Room(in plan));
        using var ends = Scratch.Rent<int>(plan.H.Taps * plan.W.Taps);
        fromGradient.Packed = (float*)gradientLease.Pointer;
        fromInput.Packed = (float*)inputLease.Pointer;
        WorkerTeam.For(fromGradient.Chunks, ref fromGradient);
        WorkerTeam.For(fromInput.Chunks, ref fromInput);
        var body = new ConvBatchGrad<V>
        {
            _plan = plan,
            _gradient = fromGradient,
            _input = fromInput,
            _runs = new ConvTapRuns(
                in plan, in pixels, fromInput.ImagesPerUnit, ConvBatch<V>.Panel,
                (NhwcRun*)runs.Pointer, (int*)ends.Pointer),
            _weights = weights,
            _tiles = (plan.Channels + NhwcTiles.MaxRows(V.Count) - 1) / NhwcTiles.MaxRows(V.Count),
        };
        WorkerTeam.For(fromGradient.Panels * body._tiles, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var width = ConvBatch<V>.Panel;
        var taps = _plan.H.Taps * _plan.W.Taps;
        var (panel, tile) = (chunk / _tiles, chunk % _tiles);
        var row = panel * width;
        var rows = Math.Min(width, _plan.Rows - row);
        var channel = (int)((long)_plan.Channels * tile / _tiles);
        var channels = (int)((long)_plan.Channels * (tile + 1) / _tiles) - channel;

        using var lease = Scratch.Rent<float>((channels * (nint)taps * width) + width);
        var zeros = (float*)lease.Pointer;
        var sums = zeros + width;
        new Span<float>(zeros, width).Clear();
        var args = new NhwcTileArgs
        {
            SourceStep = _input.ChannelStep,
            TargetStep = taps * (nint)width,
            Bias = zeros,
            Columns = rows > V.Count ? width : V.Count,
            Min = float.NegativeInfinity,
            Max = float.PositiveInfinity,
        };
        for (var unit = 0; unit < _gradient.Units; unit++)
        {
            args.Source = _input.Channel(unit, channel);
            args.Source7 = args.Source + (NhwcTiles.Half * args.SourceStep);
            args.Weights = _gradient.Unit(unit) + _gradient.Offset(panel, 0);
            args.Ahead = (byte*)args.Weights;
            for (var tap = 0; tap < taps; tap++)
            {
                args.Runs = _runs.First(tap);
                args.RunCount = _runs.Count(tap);
                args.Target = sums + (tap * width);
                args.Target7 = args.Target + (NhwcTiles.Half * args.TargetStep);
                NhwcTiles.RunTile(V.Count, channels, &args);
            }

            // What is there is the residual of the next unit's sums.
            args.HasResidual = true;
        }

        var to = _weights + (((row * (nint)_plan.Channels) + channel) * taps);
        ConvPixelTranspose.Run<V>(
            sums, width, channels * taps, rows, to, _plan.Channels * (nint)taps);
    }

    /// <summary>Images of a unit, so that what a tile reads stays in a cache.</summary>
    private static int ImagesPerUnit(in ConvPlan plan, int images)
    {
        var input = NhwcTiles.MaxRows(V.Count) * (nint)plan.SourceSize;
        var gradient = plan.TargetSize * (nint)ConvBatch<V>.Panel;
        var fit = (int)Math.Min(UnitBytes / sizeof(float) / Math.Max(input, gradient), MaxImages);
        fit = fit >= 16 ? fit & -16 : fit & -8;
        return Math.Min(fit, images);
    }
}
