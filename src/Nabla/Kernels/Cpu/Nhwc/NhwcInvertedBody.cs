using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The chunks of <see cref="NhwcInvertedResidual"/>; see <see cref="NhwcInvertedPlan"/>.
/// </summary>
internal unsafe struct NhwcInvertedBody<V> : IChunkBody where V : unmanaged, IF32Lanes<V>
{
    private Conv2dShape _s;
    private int _channels;
    private int _outChannels;
    private NhwcInvertedOperands _operands;
    private NhwcInvertedPlan _plan;
    private NhwcWeights _widen;
    private NhwcWeights _project;
    private float* _middle;

    public static void Run(
        in Conv2dShape s, int channels, int outChannels, in NhwcInvertedOperands operands)
    {
        var project = NhwcInvertedResidual.Project(in s, outChannels);
        if (s.N == 0 || s.OutH == 0 || s.OutW == 0 || outChannels == 0)
        {
            return;
        }

        // Without a layer that widens its panels still cut the channels.
        var widen = NhwcWeights.Of<V>(NhwcInvertedResidual.Widen(in s, channels));
        var body = new NhwcInvertedBody<V>
        {
            _s = s,
            _channels = channels,
            _outChannels = outChannels,
            _operands = operands,
            _plan = new NhwcInvertedPlan(in s, widen.Panels),
            _widen = widen,
            _project = NhwcWeights.Of<V>(in project),
        };
        if (body._plan.IsOnePhase)
        {
            WorkerTeam.For(body._plan.Chunks, ref body);
            return;
        }

        using var middle = Scratch.Rent<float>(s.N * (nint)s.OutH * s.OutW * s.C);
        body._middle = (float*)middle.Pointer;
        WorkerTeam.For(body._plan.Chunks, ref body);
        NhwcDirect<V>.Run(
            in project, false, body._middle, operands.Project, operands.Target,
            in operands.AfterProject);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var panels = _plan.IsOnePhase ? 1 : _widen.Panels;
        var (panel, band) = (chunk % panels, chunk / panels);
        var image = band / _plan.Bands;
        var first = band % _plan.Bands * _plan.BandRows;
        var rows = Math.Min(_plan.BandRows, _s.OutH - first);
        if (rows <= 0)
        {
            return;
        }

        var sourceRows = ((rows - 1) * _s.StrideH) + 3;
        using var lease = Scratch.Rent<float>(sourceRows * Line);
        var wide = (float*)lease.Pointer;
        Pad(wide, first, sourceRows);
        if (!_plan.IsOnePhase)
        {
            Widen(panel, image, first, sourceRows, wide);
            var at = ((image * (nint)_s.OutH) + first) * _s.OutW * _s.C;
            Depthwise(panel, rows, wide, _middle + at, _s.C);
            return;
        }

        // Pixels a multiple of 4 KiB apart would all share one set of the first-level cache.
        var pitch = _s.C % 1024 == 0 ? _s.C + 16 : _s.C;
        using var middle = Scratch.Rent<float>(rows * (nint)_s.OutW * pitch);
        var to = (float*)middle.Pointer;
        for (panel = 0; panel < _widen.Panels; panel++)
        {
            Widen(panel, image, first, sourceRows, wide);
            Depthwise(panel, rows, wide, to, pitch);
        }

        Project(((image * (nint)_s.OutH) + first) * _s.OutW, rows * _s.OutW, to, pitch);
    }

    /// <summary>Numbers of a pixel of the wide rows: a panel.</summary>
    private static nint Pitch => NhwcTiles.Panel<V>();

    /// <summary>Pixels that a row of outputs reads, those outside of the image too.</summary>
    private readonly int Columns => ((_s.OutW - 1) * _s.StrideW) + 3;

    /// <summary>Numbers of a wide row.</summary>
    private readonly nint Line => Columns * Pitch;

    /// <summary>Pixels of a wide row that lie in the image.</summary>
    private readonly int Inside => Math.Clamp(Columns - _s.PadW, 0, _s.W);

    /// <summary>The wide rows that lie in the image.</summary>
    private readonly (int Top, int Begin, int End) Rows(int first, int rows)
    {
        var top = (first * _s.StrideH) - _s.PadH;
        var begin = Math.Clamp(-top, 0, rows);
        return (top, begin, Math.Clamp(_s.H - top, begin, rows));
    }

    /// <summary>Zeros where no panel writes.</summary>
    private readonly void Pad(float* wide, int first, int rows)
    {
        var (_, begin, end) = Rows(first, rows);
        Clear(wide, begin * Line);
        Clear(wide + (end * Line), (rows - end) * Line);
        var left = Math.Min(_s.PadW, Columns) * Pitch;
        var right = (_s.PadW + Inside) * Pitch;
        for (var row = begin; row < end; row++)
        {
            Clear(wide + (row * Line), left);
            Clear(wide + (row * Line) + right, Line - right);
        }
    }

    private static void Clear(float* to, nint count)
    {
        if (count > 0)
        {
            new Span<float>(to, checked((int)count)).Clear();
        }
    }

    /// <summary>A panel of the wide rows.</summary>
    private readonly void Widen(int panel, int image, int first, int rows, float* wide)
    {
        var (top, begin, end) = Rows(first, rows);
        wide += _s.PadW * Pitch;
        if (_operands.Widen == null)
        {
            var columns = _widen.Columns(panel);
            var from = _operands.Source + _widen.Row(panel);
            for (var row = begin; row < end; row++)
            {
                var pixel = ((image * (nint)_s.H) + top + row) * _s.W;
                CopyPanel(
                    from + (pixel * _s.C), _s.C, columns, Inside, wide + (row * Line));
            }

            return;
        }

        NhwcRun run = new(0, 0, _channels);
        var args = Args(in _operands.AfterWiden, in _widen, _operands.Widen, panel);
        args.Runs = &run;
        args.SourceStep = _channels;
        args.TargetStep = Pitch;
        nint sourceLine = _s.W * (nint)_channels;
        var source = _operands.Source + (((image * (nint)_s.H) + top) * sourceLine);
        for (var row = begin; row < end; row++)
        {
            args.Source = source + (row * sourceLine);
            args.Target = wide + (row * Line);
            if (Inside == NhwcTiles.Half && row + 1 < end
                && NhwcTiles.MaxRows<V>() == 2 * NhwcTiles.Half)
            {
                // Two short rows make one tile.
                args.Source7 = args.Source + sourceLine;
                args.Target7 = args.Target + Line;
                NhwcTiles.Run<V>(2 * NhwcTiles.Half, &args);
                row++;
                continue;
            }

            NhwcTiles.RunAll<V>(Inside, &args);
        }
    }

    /// <summary>A panel of a source that is wide already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPanel(float* from, nint step, nint columns, int count, float* to)
    {
        for (var i = 0; i < count; i++, from += step, to += 2 * V.Count)
        {
            V.Store(NhwcLanes.Load<V>(from, columns), to);
            if (columns > V.Count)
            {
                V.Store(NhwcLanes.Load<V>(from + V.Count, columns - V.Count), to + V.Count);
            }
        }
    }

    /// <summary>The depthwise sums of a panel.</summary>
    private readonly void Depthwise(int panel, int rows, float* wide, float* to, nint pitch)
    {
        var (min, max) = _operands.AfterDepthwise.Bounds;
        var args = new NhwcDepthwiseArgs
        {
            Line = Line,
            Pixel = Pitch,
            StrideH = _s.StrideH,
            StrideW = _s.StrideW,
            WeightStep = NhwcDepthwise<V>.Pitch(_s.C),
            TargetLine = _s.OutW * pitch,
            TargetStep = pitch,
            Rows = rows,
            Columns = _s.OutW,
            Min = min,
            Max = max,
        };
        var (channel, columns) = (_widen.Row(panel), _widen.Columns(panel));
        for (var i = 0; i < columns; i += V.Count)
        {
            args.Source = wide + i;
            args.Weights = _operands.Depthwise + channel + i;
            args.Target = to + channel + i;
            args.Lanes = Math.Min(V.Count, columns - i);
            NhwcDepthwiseTile.Run<V>(&args);
        }
    }

    /// <summary>The narrow pixels of a band.</summary>
    private readonly void Project(nint first, int count, float* from, nint pitch)
    {
        NhwcRun run = new(0, 0, _s.C);
        for (var panel = 0; panel < _project.Panels; panel++)
        {
            var args = Args(in _operands.AfterProject, in _project, _operands.Project, panel);
            args.Runs = &run;
            args.SourceStep = pitch;
            args.TargetStep = _outChannels;
            args.Source = from;
            args.Target =
                _operands.Target + (first * _outChannels) + _project.Row(panel);
            NhwcTiles.RunAll<V>(count, &args);
        }
    }

    private readonly NhwcTileArgs Args(
        in ConvEpilogue epilogue, in NhwcWeights weights, float* packed, int panel)
    {
        var (min, max) = epilogue.Bounds;
        return new NhwcTileArgs
        {
            RunCount = 1,
            Weights = packed + (panel * weights.PanelSize),
            Ahead = (byte*)(packed + (panel * weights.PanelSize)),
            Bias = packed + weights.Biases + (panel * Pitch),
            Residual = (nint)(epilogue.Residual - _operands.Target),
            HasResidual = epilogue.Residual != null,
            Columns = weights.Columns(panel),
            Min = min,
            Max = max,
        };
    }
}
