namespace Nabla.Kernels.Cpu;

/// <summary>
/// The channels-last transposed convolution as ordinary ones, one for each phase of the targets: a
/// chunk takes a band of rows, padded where needed, through some panels of each phase's weights.
/// No product has an inserted zero, and each output is written once.
/// </summary>
internal unsafe struct NhwcTransposed<V> : IChunkBody where V : unmanaged, IF32Lanes<V>
{
    /// <summary>Taps from which it pays to fetch what the epilogue needs before they pass.
    /// </summary>
    private const int MinTaps = 48;

    private Conv2dShape _s;
    private NhwcTransposedPlan _plan;
    private ConvEpilogue _epilogue;
    private float* _source;
    private float* _target;
    private float* _copies;
    private NhwcSubKernel* _kernels;
    private int _kernelCount;
    private bool _isCopying;

    /// <summary>Numbers that packed weights and biases take.</summary>
    public static nint Size(in Conv2dShape s)
    {
        nint size = 0;
        for (var i = 0; i < s.StrideH * s.StrideW; i++)
        {
            size += Kernel(in s, i).Weights.Size;
        }

        return size;
    }

    /// <summary>Packs weights (K, C/Groups, R, S) and a bias (C), or null for zeros.</summary>
    public static void Pack(in Conv2dShape s, float* weights, float* bias, float* packed)
    {
        for (var i = 0; i < s.StrideH * s.StrideW; i++)
        {
            var kernel = Kernel(in s, i);
            kernel.Pack(in s, weights, bias, packed);
            packed += kernel.Weights.Size;
        }
    }

    /// <summary>y (N, H, W, C) from x (N, OutH, OutW, K).</summary>
    /// <param name="s">The sizes of the convolution that it transposes.</param>
    /// <param name="x">The input.</param>
    /// <param name="packed">What <see cref="Pack"/> wrote.</param>
    /// <param name="y">The output.</param>
    /// <param name="epilogue">Residual and activation; no bias.</param>
    public static void Run(
        in Conv2dShape s, float* x, float* packed, float* y, in ConvEpilogue epilogue)
    {
        if (s.N == 0 || s.C == 0)
        {
            return;
        }

        var count = s.StrideH * s.StrideW;
        using var kernels = Scratch.Rent<NhwcSubKernel>(count);
        using var phases = Scratch.Rent<NhwcPhase>(s.StrideH + s.StrideW);
        using var runs = Scratch.Rent<NhwcRun>((nint)s.R * s.S);
        var rows = (NhwcPhase*)phases.Pointer;
        var columns = rows + s.StrideH;
        var body = new NhwcTransposed<V>
        {
            _s = s,
            _epilogue = epilogue,
            _source = x,
            _target = y,
            _kernels = (NhwcSubKernel*)kernels.Pointer,
            _kernelCount = count,
        };
        nint panelSize = 0;
        for (var i = 0; i < count; i++)
        {
            var kernel = Kernel(in s, i);
            body._kernels[i] = kernel;
            rows[i / s.StrideW] = kernel.Rows;
            columns[i % s.StrideW] = kernel.Columns;
            panelSize += kernel.Weights.PanelSize;
        }

        body._plan = new(in s, rows, columns, body._kernels->Weights.Panels, panelSize);
        body.WriteRuns(packed, (NhwcRun*)runs.Pointer);
        using var copies = Scratch.Rent<float>(
            body._plan.SharesCopies ? body._plan.Bands * body._plan.CopySize : 0);
        body._copies = (float*)copies.Pointer;
        if (body._plan.SharesCopies)
        {
            body._isCopying = true;
            WorkerTeam.For(body._plan.Chunks, ref body);
            body._isCopying = false;
        }

        WorkerTeam.For(body._plan.Chunks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var (block, band) = (chunk / _plan.Bands, chunk % _plan.Bands);
        var image = band / _plan.ImageBands;
        var first = band % _plan.ImageBands * _plan.BandRows;
        var rows = Math.Min(_plan.BandRows, _plan.Rows.Targets - first);
        using var copy = Scratch.Rent<float>(_plan.SharesCopies ? 0 : _plan.CopySize);
        var to = _plan.SharesCopies ? _copies + (band * _plan.CopySize) : (float*)copy.Pointer;
        if (_isCopying)
        {
            Copy(image, first, rows, block, _plan.PanelBlocks, to);
            return;
        }

        if (_plan.Copies && !_plan.SharesCopies)
        {
            Copy(image, first, rows, 0, 1, to);
        }

        // Where the first target's first tap of the leftmost, topmost phase reads.
        var source = _plan.Copies
            ? to
            : _source + (((((image * (nint)_s.OutH) + _plan.Rows.First + first) * _s.OutW)
                + _plan.Columns.First) * _s.K);
        var panels = _kernels->Weights.Panels;
        var panel = (int)((long)panels * block / _plan.PanelBlocks);
        var panelEnd = (int)((long)panels * (block + 1) / _plan.PanelBlocks);
        for (; panel < panelEnd; panel++)
        {
            for (var i = 0; i < _kernelCount; i++)
            {
                Panel(i, panel, image, first, first + rows, source);
            }
        }
    }

    private static NhwcSubKernel Kernel(in Conv2dShape s, int phase) => new(
        in s,
        new(phase / s.StrideW, s.H, s.R, s.StrideH, s.PadH, s.DilationH),
        new(phase % s.StrideW, s.W, s.S, s.StrideW, s.PadW, s.DilationW),
        NhwcTiles.Panel<V>());

    /// <summary>Completes the kernels: their weights, and where their taps lie.</summary>
    private readonly void WriteRuns(float* packed, NhwcRun* runs)
    {
        var channels = _s.K / _s.Groups;
        for (var i = 0; i < _kernelCount; i++)
        {
            var kernel = _kernels[i];
            var (h, w) = (kernel.Rows, kernel.Columns);
            var joins = w.Step == 1 && _s.Groups == 1 && _plan.Pitch == _s.K;
            var length = joins ? w.Taps * (nint)channels : channels;
            var columns = joins ? Math.Min(1, w.Taps) : w.Taps;
            _kernels[i] = kernel with { Packed = packed, Runs = runs, RunCount = h.Taps * columns };
            nint weights = 0;
            for (var r = 0; r < h.Taps; r++)
            {
                var row = h.Source - _plan.Rows.First + (r * h.Step);
                for (var c = 0; c < columns; c++)
                {
                    var column = w.Source - _plan.Columns.First + (c * w.Step);
                    *runs++ = new(
                        (row * _plan.SourceRow) + (column * (nint)_plan.Pitch), weights, length);
                    weights += length * NhwcTiles.Panel<V>();
                }
            }

            packed += kernel.Weights.Size;
        }
    }

    /// <summary>Copies a part of the rows that a band reads.</summary>
    private readonly void Copy(int image, int first, int rows, int part, int parts, float* to)
    {
        var lines = _plan.Rows.Sources(rows);
        var from = lines * part / parts;
        var source = new Conv2dShape(
            _s.N, _s.K, _s.OutH, _s.OutW, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
        NhwcSource.Copy(
            _source + (image * (nint)_s.OutH * _s.OutW * _s.K), in source, false,
            _plan.Rows.First + first + from, (lines * (part + 1) / parts) - from,
            _plan.Columns.First, _plan.SourceColumns, to + (from * _plan.SourceRow), _plan.Pitch);
    }

    /// <summary>A band's rows of one phase by one panel.</summary>
    private readonly void Panel(
        int index, int panel, int image, int first, int end, float* source)
    {
        ref readonly var kernel = ref _kernels[index];
        var (weights, pixels) = (kernel.Weights, kernel.Columns.Count);
        end = Math.Min(end, kernel.Rows.Count);
        if (end <= first || pixels == 0)
        {
            return;
        }

        var (min, max) = _epilogue.Bounds;
        var args = new NhwcTileArgs
        {
            SourceStep = _plan.Pitch,
            Runs = kernel.Runs,
            RunCount = kernel.RunCount,
            Weights = kernel.Packed + (panel * weights.PanelSize),
            Bias = kernel.Packed + weights.Biases + (panel * (nint)NhwcTiles.Panel<V>()),
            TargetStep = _s.StrideW * (nint)_s.C,
            Residual = (nint)(_epilogue.Residual - _target),
            HasResidual = _epilogue.Residual != null,
            Columns = weights.Columns(panel),
            Min = min,
            Max = max,
            IsLong = weights.PanelSize >= MinTaps * NhwcTiles.Panel<V>(),
        };

        // Meanwhile the next weights come nearer, a part with each tile.
        var isLast = index + 1 == _kernelCount;
        var next = _kernels + (isLast ? 0 : index + 1);
        var nextPanel = isLast ? panel + 1 : panel;
        var tiles = (((end - first) * (nint)pixels) + NhwcTiles.MaxRows<V>() - 1)
            / NhwcTiles.MaxRows<V>();
        args.Ahead = (byte*)args.Weights;
        if (nextPanel < weights.Panels)
        {
            args.Ahead = (byte*)(next->Packed + (nextPanel * next->Weights.PanelSize));
            args.AheadStep = NhwcTiles.Panel<V>() * sizeof(float) / tiles;
        }

        var rowStep = _s.StrideH * (nint)_s.W * _s.C;
        var target = _target + weights.Row(panel)
            + (((((image * (nint)_s.H) + kernel.Rows.First) * _s.W) + kernel.Columns.First)
                * _s.C)
            + (first * rowStep);
        source += weights.Channel(panel);
        for (var row = first; row < end; row++, source += _plan.SourceRow, target += rowStep)
        {
            args.Source = source;
            args.Target = target;
            if (pixels == NhwcTiles.Half && NhwcTiles.MaxRows<V>() == 2 * NhwcTiles.Half
                && row + 1 < end)
            {
                // Two short rows make one tile.
                args.Source7 = source + _plan.SourceRow;
                args.Target7 = target + rowStep;
                NhwcTiles.Run<V>(2 * NhwcTiles.Half, &args);
                source += _plan.SourceRow;
                target += rowStep;
                row++;
                continue;
            }

            NhwcTiles.RunAll<V>(pixels, &args);
        }
    }
}
