namespace Nabla.Kernels.Cpu;

/// <summary>
/// The direct channels-last convolution: a chunk takes a band of rows, padded where needed, through
/// some panels of weights, tile by tile.
/// </summary>
internal unsafe struct NhwcDirect<V> : IChunkBody where V : unmanaged, IF32Lanes<V>
{
    private Conv2dShape _s;
    private NhwcPlan _plan;
    private NhwcWeights _weights;
    private ConvEpilogue _epilogue;
    private bool _channelsFirst;
    private float* _source;
    private float* _packed;
    private float* _target;
    private nint* _runs;

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
        using var runs = Scratch.Rent<nint>(plan.RunCount);
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
            _runs = (nint*)runs.Pointer,
        };
        plan.WriteRuns(body._runs);
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
        using var copy = Scratch.Rent<float>(_plan.CopySize);
        var source = Source(image, first, rows, (float*)copy.Pointer);

        var (min, max) = _epilogue.Bounds;
        var args = new NhwcTileArgs
        {
            SourceStep = (nint)_s.StrideW * _plan.Pitch,
            Runs = _runs,
            RunCount = _plan.RunCount,
            RunLength = _plan.RunLength,
            TargetStep = _s.K,
            Residual = (nint)(_epilogue.Residual - _target),
            HasResidual = _epilogue.Residual != null,
            Min = min,
            Max = max,
        };
        var panel = (int)((long)_weights.Panels * block / _plan.PanelBlocks);
        var panelEnd = (int)((long)_weights.Panels * (block + 1) / _plan.PanelBlocks);
        var target = _target
            + (((image * (nint)_plan.ImageRows) + first) * _plan.RowLength * _s.K);
        for (; panel < panelEnd; panel++)
        {
            args.Columns = _weights.Columns(panel);
            args.Weights = _packed + (panel * _weights.PanelSize);
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

    /// <summary>Where the first pixel of a band reads.</summary>
    private readonly float* Source(int image, int first, int rows, float* copy)
    {
        var size = (nint)_s.H * _s.W * _s.C;
        if (!_plan.Copies)
        {
            return _source + (image * size) + (first * SourceRow);
        }

        if (_plan.IsFlat)
        {
            var pixel = first * (nint)_plan.RowLength;
            var count = (nint)Math.Min(rows * (nint)_plan.RowLength, _plan.Pixels - pixel);
            NhwcSource.Spread(_source + (pixel * _s.C), _s.C, count, copy, _plan.Pitch);
        }
        else
        {
            NhwcSource.Copy(
                _source + (image * size), in _s, _channelsFirst,
                (first * _s.StrideH) - _s.PadH, _plan.SourceRows(rows),
                -_s.PadW, _plan.SourceColumns, copy, _plan.Pitch);
        }

        return copy;
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
