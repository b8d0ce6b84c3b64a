using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Runs a <see cref="ConvPlan"/> without building the matrix of patches: a chunk pads its images
/// into planes, where every tap is the same address plus an offset, and tiles sum over the taps.
/// </summary>
/// <remarks>
/// A plane holds either one image, its rows joined to one run of pixels (what a run computes at
/// the rows' ends is thrown away), or one image a lane of the SIMD register, which wastes nothing
/// however short the rows are.
/// </remarks>
internal unsafe struct ConvDirect<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    /// <summary>Chunks to aim at: enough for some threads to end together.</summary>
    private const int LeastChunks = 16;

    private const int MinRowsToSplit = 192;
    private const int BandSize = 1024;

    private ConvPlan _plan;
    private int _images;
    private int _lanes;
    private int _unitsPerChunk;
    private int _rowBlocks;
    private int _rowsPerBlock;
    private int _bandBlocks;
    private float* _source;
    private float* _weights;
    private float* _bias;
    private float* _target;
    private ConvEpilogue _epilogue;
    private nint* _offsets;
    private ConvTapRange* _usefulH;
    private ConvTapRange* _usefulW;

    /// <summary>Computes target (N, Groups·Rows, …) from source (N, Groups·Channels, …).</summary>
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
        var channels = plan.Groups * plan.Rows;
        if (images == 0 || channels == 0 || plan.TargetSize == 0)
        {
            return;
        }

        using var packed = Scratch.Rent<float>((channels * (nint)plan.AllTaps) + channels);
        using var offsets = Scratch.Rent<nint>(plan.AllTaps);
        using var useful = Scratch.Rent<ConvTapRange>(plan.H.Target + plan.W.Target);
        var body = new ConvDirect<V>
        {
            _plan = plan,
            _images = images,
            _lanes = HasImageLanes(in plan, images) ? V.Count : 1,
            _source = source,
            _weights = (float*)packed.Pointer,
            _bias = epilogue.Bias,
            _target = target,
            _epilogue = epilogue,
            _offsets = (nint*)offsets.Pointer,
            _usefulH = (ConvTapRange*)useful.Pointer,
            _usefulW = (ConvTapRange*)useful.Pointer + plan.H.Target,
        };
        if (body._bias == null)
        {
            body._bias = body._weights + (channels * (nint)plan.AllTaps);
            new Span<float>(body._bias, channels).Clear();
        }

        ConvTables.Write(in plan, body._lanes, body._offsets, body._usefulH, body._usefulW);
        ConvWeights<V>.Pack(in plan, weights, body._weights);
        var chunks = body.Split();
        WorkerTeam.For(chunks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var bandBlock = chunk % _bandBlocks;
        chunk /= _bandBlocks;
        var row = chunk % _rowBlocks * _rowsPerBlock;
        chunk /= _rowBlocks;
        var group = chunk % _plan.Groups;
        var unit = chunk / _plan.Groups * _unitsPerChunk;
        var rowEnd = Math.Min(row + _rowsPerBlock, _plan.Rows);
        var unitEnd = Math.Min(unit + _unitsPerChunk, Units);

        var slack = 2 * (ConvTiles.MaxOverrun + 1) * V.Count;
        var size = (_plan.PlanesSize * _lanes) + slack;
        using var planesLease = Scratch.Rent<float>(size);
        using var tileLease = Scratch.Rent<float>(ConvTiles.MaxRows * WideRow);
        var planes = (float*)planesLease.Pointer;
        NativeMemory.Clear(planes, (nuint)size * sizeof(float));
        for (; unit < unitEnd; unit++)
        {
            var image = unit * (nint)_lanes;
            var source = _source + (((image * _plan.Groups) + group) * ChannelsSize);
            if (_lanes == 1)
            {
                ConvPlanes.Pack(in _plan, source, planes);
            }
            else
            {
                ConvLanes.Pack<V>(
                    in _plan, source, _plan.Groups * ChannelsSize, ImagesAt(image), planes);
            }

            Compute(image, group, row, rowEnd, bandBlock, planes, (float*)tileLease.Pointer);
        }
    }

    private readonly int Units => (_images + _lanes - 1) / _lanes;

    private readonly nint ChannelsSize => _plan.Channels * (nint)_plan.SourceSize;

    /// <summary>Pixels between the starts of two rows of targets.</summary>
    private readonly int Pitch => _lanes == 1 ? _plan.W.Plane : _plan.W.Target;

    /// <summary>Rows of targets that a row of tiles computes before they are moved out.</summary>
    private readonly int BandRows => Math.Max(1, BandSize / (Pitch * _lanes));

    /// <summary>Room for the pixels of one target channel's band.</summary>
    private readonly nint WideRow =>
        (((BandRows * (nint)Pitch * _lanes) + 15) & -16) + ((ConvTiles.MaxOverrun + 1) * V.Count);

    private readonly int ImagesAt(nint image) => (int)Math.Min(_lanes, _images - image);

    /// <summary>
    /// One image a lane pays when a register is full of them, and when the rows' ends would cost
    /// more than the interleaving; the interleaved planes must stay in the second-level cache.
    /// </summary>
    private static bool HasImageLanes(in ConvPlan plan, int images)
    {
        const nint maxBytes = 640 * 1024;
        var computed = (plan.JoinedRun + V.Count - 1) / V.Count * V.Count;
        return plan.SourcePhases == 1
            && plan.TargetPhases == 1
            && images >= V.Count
            && plan.PlanesSize * V.Count * sizeof(float) <= maxBytes
            && plan.TargetSize < 0.92 * computed;
    }

    /// <summary>Chooses the chunks, which share out the targets.</summary>
    private int Split()
    {
        var least = WorkerTeam.Wanted(LeastChunks);
        var parts = Units * _plan.Groups;
        _rowsPerBlock = _plan.Rows;
        _bandBlocks = 1;
        if (parts < least && _plan.Rows >= MinRowsToSplit)
        {
            var wanted = (least + parts - 1) / parts;
            var rows = (_plan.Rows + wanted - 1) / wanted;
            var multiple = ConvTiles.RowMultiple<V>();
            _rowsPerBlock = (rows + multiple - 1) / multiple * multiple;
        }
        else if (parts < least)
        {
            var bands = (_plan.H.Target + BandRows - 1) / BandRows;
            _bandBlocks = Math.Min(bands, (least + parts - 1) / parts);
        }

        _rowBlocks = (_plan.Rows + _rowsPerBlock - 1) / _rowsPerBlock;
        var work = (double)_plan.AllTaps * _plan.Rows * _plan.TargetSize * _lanes;
        var perChunk = Math.Clamp((int)(1e6 / work), 1, Math.Max(1, parts / least));
        _unitsPerChunk = Math.Min(perChunk, Units);
        var unitBlocks = (Units + _unitsPerChunk - 1) / _unitsPerChunk;
        return unitBlocks * _plan.Groups * _rowBlocks * _bandBlocks;
    }

    private readonly void Compute(
        nint image, int group, int row, int rowEnd, int bandBlock, float* planes, float* wide)
    {
        var phase = new ConvPhase
        {
            Weights = _weights + (group * (nint)_plan.Rows * _plan.AllTaps),
            Offsets = _offsets,
            UsefulH = _usefulH,
        };
        for (phase.H = 0; phase.H < _plan.H.TargetStep; phase.H++)
        {
            phase.UsefulW = _usefulW;
            phase.CountH = _plan.H.Count(phase.H);
            for (phase.W = 0; phase.W < _plan.W.TargetStep; phase.W++)
            {
                phase.CountW = _plan.W.Count(phase.W);
                phase.RowTaps = _plan.W.TapCount(phase.W) * _plan.Channels;
                phase.Taps = _plan.H.TapCount(phase.H) * phase.RowTaps;
                ComputePhase(in phase, image, group, row, rowEnd, bandBlock, planes, wide);
                phase.Weights += phase.Taps * (nint)_plan.Rows;
                phase.Offsets += phase.Taps;
                phase.UsefulW += phase.CountW;
            }

            phase.UsefulH += phase.CountH;
        }
    }

    private readonly void ComputePhase(
        in ConvPhase phase,
        nint image,
        int group,
        int row,
        int rowEnd,
        int bandBlock,
        float* planes,
        float* wide)
    {
        if (phase.CountW == 0)
        {
            return;
        }

        var bands = (phase.CountH + BandRows - 1) / BandRows;
        var band = (int)((long)bands * bandBlock / _bandBlocks);
        var bandEnd = (int)((long)bands * (bandBlock + 1) / _bandBlocks);
        for (; band < bandEnd; band++)
        {
            var first = band * BandRows;
            var count = Math.Min(BandRows, phase.CountH - first);
            for (var r = row; r < rowEnd;)
            {
                var rows = ConvTiles.Rows<V>(rowEnd - r);
                var channel = (group * _plan.Rows) + r;
                var tile = new ConvTileArgs
                {
                    Weights = phase.Weights + (r * (nint)phase.Taps),
                    Bias = _bias + channel,
                    TargetRow = WideRow,
                };
                if (_lanes == 1)
                {
                    RunJoined(in phase, tile, rows, first, count, planes, wide);
                }
                else
                {
                    tile.Target = wide;
                    ConvLaneRows.Run<V>(in _plan, in phase, tile, rows, first, count, planes);
                }

                MoveOut(in phase, image, channel, rows, first, count, wide);
                r += rows;
            }
        }
    }

    /// <summary>Tiles over rows of targets joined to one run of pixels.</summary>
    private readonly void RunJoined(
        in ConvPhase phase,
        ConvTileArgs tile,
        int rows,
        int first,
        int count,
        float* planes,
        float* wide)
    {
        var taps = ConvTapRange.Union(phase.UsefulH[first], phase.UsefulH[first + count - 1]);
        var start = taps.First * phase.RowTaps;
        tile.Offsets = phase.Offsets + start;
        tile.Weights += start * (nint)rows;
        tile.Segments = 1;
        tile.Taps = (taps.End - taps.First) * phase.RowTaps;
        tile.Source = planes + (first * (nint)_plan.W.Plane);
        tile.Target = wide;
        var left = (((count - 1) * _plan.W.Plane) + phase.CountW + V.Count - 1) / V.Count;
        while (left > 0)
        {
            var vectors = ConvTiles.Vectors<V>(rows, left);
            ConvTiles.Run<V>(rows, vectors, in tile);
            tile.Source += vectors * V.Count;
            tile.Target += vectors * V.Count;
            left -= vectors;
        }
    }

    private readonly void MoveOut(
        in ConvPhase phase, nint image, int channel, int rows, int first, int count, float* wide)
    {
        var (stepH, stepW) = (_plan.H.TargetStep, _plan.W.TargetStep);
        var imageStride = (nint)_plan.Groups * _plan.Rows * _plan.TargetSize;
        nint targetRow = stepH * _plan.W.Target;
        var target = _target + (image * imageStride) + (channel * (nint)_plan.TargetSize)
            + ((_plan.H.Start(phase.H) + (first * stepH)) * (nint)_plan.W.Target)
            + _plan.W.Start(phase.W);
        for (var i = 0; i < rows; i++, target += _plan.TargetSize, wide += WideRow)
        {
            if (_lanes == 1)
            {
                ConvPlanes.Unpack(
                    wide, _plan.W.Plane, count, phase.CountW, target, targetRow, stepW);
            }
            else
            {
                ConvLanes.Unpack<V>(
                    wide, count * phase.CountW, target, imageStride, ImagesAt(image));
            }

            // Forward only, so that a band of an image's targets is one run.
            for (var n = 0; _epilogue.HasFinish && n < ImagesAt(image); n++)
            {
                _epilogue.Finish(
                    _target, (nint)(target - _target) + (n * imageStride), count * phase.CountW);
            }
        }
    }
}
