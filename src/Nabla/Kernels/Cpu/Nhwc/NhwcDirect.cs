namespace Nabla.Kernels.Cpu;

/// <summary>
/// The direct channels-last convolution: a chunk takes a band of rows, padded where needed, through
/// some panels of weights, tile by tile. What several chunks read padded is copied before them.
/// </summary>
internal unsafe struct NhwcDirect<V> : IChunkBody where V : unmanaged, IF32Lanes<V>
{
    /// <summary>Taps from which it pays to fetch what the epilogue needs before they pass.
    /// </summary>
    private const int MinTaps = 48;

    private Conv2dShape _s;
    private NhwcPlan _plan;
    private NhwcWeights _weights;
    private ConvEpilogue _epilogue;
    private bool _channelsFirst;
    private float* _source;
    private float* _packed;
    private float* _target;
    private NhwcRun* _runs;
    private float* _copies;
    private bool _isCopying;

    /// <summary>y (N, OutH, OutW, K) from x (N, H, W, C).</summary>
    /// <param name="s">The sizes.</param>
    /// <param name="channelsFirst">x is (N, C, H, W).</param>
    /// <param name="x">The input.</param>
    /// <param name="packed">Weights and bias as <see cref="NhwcWeights"/> packs them.</param>
    /// <param name="y">The output.</param>
    /// <param name="epilogue">Residual and activation; no bias.</param>
    public static void Run(
        in Conv2dShape s,
        bool channelsFirst,
        float* x,
        float* packed,
        float* y,
        in ConvEpilogue epilogue)
    {
        var weights = NhwcWeights.Of<V>(in s);
        if (s.N == 0 || s.OutH == 0 || s.OutW == 0 || weights.Panels == 0)
        {
            return;
        }

        var plan = new NhwcPlan(in s, channelsFirst, weights.Panels);
        using var runs = Scratch.Rent<NhwcRun>(plan.RunCount);
        var body = new NhwcDirect<V>
        {
            _s = s,
            _plan = plan,
            _weights = weights,
            _epilogue = epilogue,
            _channelsFirst = channelsFirst,
            _source = x,
            _packed = packed,
            _target = y,
            _runs = (NhwcRun*)runs.Pointer,
        };
        plan.WriteRuns(NhwcTiles.Panel<V>(), body._runs);
        using var copies = Scratch.Rent<float>(
            plan.SharesCopies ? plan.Images * plan.ImageBands * plan.CopySize : 0);
        body._copies = (float*)copies.Pointer;
        if (plan.SharesCopies)
        {
            body._isCopying = true;
            WorkerTeam.For(plan.Chunks, ref body);
            body._isCopying = false;
        }

        WorkerTeam.For(plan.Chunks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var block = chunk % _plan.PanelBlocks;
        chunk /= _plan.PanelBlocks;
        var image = chunk / _plan.ImageBands;
        var first = chunk % _plan.ImageBands * _plan.BandRows;
        var rows = Math.Min(_plan.BandRows, _plan.ImageRows - first);
        using var copy = Scratch.Rent<float>(_plan.SharesCopies ? 0 : _plan.CopySize);
        var to = _plan.SharesCopies ? _copies + (chunk * _plan.CopySize) : (float*)copy.Pointer;
        if (_isCopying)
        {
            Copy(image, first, rows, block, _plan.PanelBlocks, to);
            return;
        }

        if (_plan.Copies && !_plan.SharesCopies)
        {
            Copy(image, first, rows, 0, 1, to);
        }

        var source = _plan.Copies
            ? to
            : _source + (image * (nint)_s.H * _s.W * _s.C) + (first * SourceRow);
        var (min, max) = _epilogue.Bounds;
        var args = new NhwcTileArgs
        {
            SourceStep = _plan.SourceStep,
            Runs = _runs,
            RunCount = _plan.RunCount,
            TargetStep = _s.K,
            Residual = (nint)(_epilogue.Residual - _target),
            HasResidual = _epilogue.Residual != null,
            Min = min,
            Max = max,
            IsLong = _plan.RunCount * _plan.RunLength >= MinTaps,
        };
        var tiles = ((rows * (nint)_plan.RowLength) + NhwcTiles.MaxRows<V>() - 1)
            / NhwcTiles.MaxRows<V>();
        var panel = (int)((long)_weights.Panels * block / _plan.PanelBlocks);
        var panelEnd = (int)((long)_weights.Panels * (block + 1) / _plan.PanelBlocks);
        var target = _target
            + (((image * (nint)_plan.ImageRows) + first) * _plan.RowLength * _s.K);
        for (; panel < panelEnd; panel++)
        {
            args.Columns = _weights.Columns(panel);
            args.Weights = _packed + (panel * _weights.PanelSize);
            // Meanwhile the next panel comes nearer, a part with each tile.
            var isLast = panel + 1 == _weights.Panels;
            args.Ahead = (byte*)(isLast ? args.Weights : args.Weights + _weights.PanelSize);
            args.AheadStep = isLast ? 0 : NhwcTiles.Panel<V>() * sizeof(float) / tiles;
            args.Bias = _packed + _weights.Biases + (panel * (nint)NhwcTiles.Panel<V>());
            Band(
                first, rows, source + _weights.Channel(panel), target + _weights.Row(panel),
                &args);
        }
    }

    /// <summary>Numbers from a row of targets' source to the next one's.</summary>
    private readonly nint SourceRow => _plan.IsFlat
        ? _plan.RowLength * (nint)_plan.Pitch
        : _s.StrideH * (nint)_plan.SourceColumns * _plan.Pitch;

    /// <summary>Copies a part of what a band reads.</summary>
    private readonly void Copy(int image, int first, int rows, int part, int parts, float* to)
    {
        if (_plan.IsFlat)
        {
            var pixel = first * (nint)_plan.RowLength;
            var pixels = (nint)Math.Min(rows * (nint)_plan.RowLength, _plan.Pixels - pixel);
            var (from, count) = Part(pixels);
            pixel += from;
            to += from * _plan.Pitch;
            if (_plan.IsStrided)
            {
                NhwcSource.Gather(_source, in _s, pixel, count, to, _plan.Pitch);
            }
            else
            {
                NhwcSource.Spread(_source + (pixel * _s.C), _s.C, count, to, _plan.Pitch);
            }
        }
        else
        {
            var (row, count) = Part(_plan.SourceRows(rows));
            NhwcSource.Copy(
                _source + (image * (nint)_s.H * _s.W * _s.C), in _s, _channelsFirst,
                (first * _s.StrideH) - _s.PadH + (int)row, (int)count,
                -_s.PadW, _plan.SourceColumns, to + (row * _plan.SourceColumns * _plan.Pitch),
                _plan.Pitch);
        }

        (nint First, nint Count) Part(nint size)
        {
            var from = size * part / parts;
            return (from, (size * (part + 1) / parts) - from);
        }
    }

    /// <summary>A band's rows by one panel.</summary>
    private readonly void Band(
        int first, int rows, float* source, float* target, NhwcTileArgs* args)
    {
        nint targetRow = _plan.RowLength * (nint)_s.K;
        for (var row = 0; row < rows; row++)
        {
            args->Source = source + (row * SourceRow);
            args->Target = target + (row * targetRow);
            var left = (int)Math.Min(
                _plan.RowLength,
                _plan.IsFlat
                    ? _plan.Pixels - ((first + row) * (long)_plan.RowLength)
                    : int.MaxValue);
            if (left == NhwcTiles.Half && NhwcTiles.MaxRows<V>() == 2 * NhwcTiles.Half
                && row + 1 < rows && !_plan.IsFlat)
            {
                // Two short rows make one tile.
                args->Source7 = args->Source + SourceRow;
                args->Target7 = args->Target + targetRow;
                NhwcTiles.Run<V>(2 * NhwcTiles.Half, args);
                row++;
                continue;
            }

            NhwcTiles.RunAll<V>(left, args);
        }
    }
}
