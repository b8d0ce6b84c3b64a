using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A convolution of each channel by itself, or the gradient with respect to its input. An image's
/// channel is padded into a plane that stays in a core's caches, a stride's phases apart; there a
/// tap is an offset.
/// </summary>
/// <remarks>
/// Rows of a register's width go straight to the target. Shorter ones are joined to one run of
/// pixels, and what that computes at the rows' ends is thrown away; so are rows that a stride takes
/// apart, and put together again.
/// </remarks>
internal unsafe struct Depthwise<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    /// <summary>Multiply-adds of a chunk: some 10 µs.</summary>
    private const int ChunkWork = 300_000;

    /// <summary>Pixels of a band, whose sums stay in the first-level cache.</summary>
    private const int BandPixels = 1024;

    private ConvPlan _plan;
    private DepthwisePlane _layout;
    private int _planes;
    private int _planesPerChunk;
    private float* _source;
    private float* _weights;
    private float* _target;
    private ConvEpilogue _epilogue;
    private nint* _offsets;
    private DepthwisePhase* _phases;

    /// <summary>Computes target (N, Groups, …) from source (N, Groups, …).</summary>
    /// <param name="plan">A geometry that <see cref="DepthwisePlane.Suits"/>.</param>
    /// <param name="images">N.</param>
    /// <param name="source">The input, or the output's gradient.</param>
    /// <param name="weights">The layer's weights, (Groups, 1, R, S).</param>
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
        using var packed = Scratch.Rent<float>(plan.Groups * (nint)plan.AllTaps);
        using var offsets = Scratch.Rent<nint>(plan.AllTaps);
        using var tables = Scratch.Rent<nint>(DepthwisePlane.Room(in plan));
        using var phases = Scratch.Rent<DepthwisePhase>(plan.TargetPhases);
        var body = new Depthwise<V>
        {
            _plan = plan,
            _layout = new(in plan, (nint*)tables.Pointer),
            _planes = images * plan.Groups,
            _source = source,
            _weights = (float*)packed.Pointer,
            _target = target,
            _epilogue = epilogue,
            _offsets = (nint*)offsets.Pointer,
            _phases = (DepthwisePhase*)phases.Pointer,
        };
        body.WriteTables(weights);
        var work = plan.AllTaps * (long)plan.TargetSize;
        body._planesPerChunk = (int)Math.Clamp(ChunkWork / work, 1, Math.Max(1, body._planes));
        WorkerTeam.For(
            (body._planes + body._planesPerChunk - 1) / body._planesPerChunk, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var first = chunk * _planesPerChunk;
        var end = Math.Min(first + _planesPerChunk, _planes);
        var (rows, pitch) = (_plan.H.Source, _plan.W.Plane);
        var bandRows = Math.Max(1, BandPixels / pitch);
        nint bandRoom = (bandRows * (nint)pitch) + V.Count;
        var size = _plan.PlanesSize + V.Count;
        using var planeLease = Scratch.Rent<float>(size);
        using var bandLease = Scratch.Rent<float>(_plan.W.TargetStep * bandRoom);
        var plane = (float*)planeLease.Pointer;
        NativeMemory.Clear(plane, (nuint)size * sizeof(float));
        var group = first % _plan.Groups;
        for (var i = first; i < end; i++, group = group + 1 == _plan.Groups ? 0 : group + 1)
        {
            var source = _source + (i * (nint)_plan.SourceSize);
            var ahead = i + 1 < end ? source + _plan.SourceSize : source;
            _layout.Pack(source, rows, plane, ahead);
            Compute(i, group, plane, (float*)bandLease.Pointer, bandRows, bandRoom);
            if (_epilogue.HasFinish)
            {
                _epilogue.Finish(_target, i * (nint)_plan.TargetSize, _plan.TargetSize);
            }
        }
    }

    /// <summary>Writes the phases, their taps' offsets and all channels' weights.</summary>
    private readonly void WriteTables(float* weights)
    {
        var at = 0;
        var phase = _phases;
        for (var h = 0; h < _plan.H.TargetStep; h++)
        {
            for (var w = 0; w < _plan.W.TargetStep; w++, phase++)
            {
                phase->Taps = _plan.WriteOffsets(h, w, 1, _offsets + at);
                phase->FirstTap = at;
                (phase->Rows, phase->Columns) = (_plan.H.Count(h), _plan.W.Count(w));
                (phase->Top, phase->Left) = (_plan.H.Start(h), _plan.W.Start(w));
                for (var group = 0; group < _plan.Groups; group++)
                {
                    _plan.PackWeights(
                        h, w, group, 0, 1, weights, _weights + (group * _plan.AllTaps) + at);
                }

                at += phase->Taps;
            }
        }
    }

    private readonly void Compute(
        int plane, int group, float* source, float* band, int bandRows, nint bandRoom)
    {
        var target = _target + (plane * (nint)_plan.TargetSize);
        var bias = _epilogue.Bias == null ? 0 : _epilogue.Bias[group];
        var weights = _weights + (group * (nint)_plan.AllTaps);
        var (stepH, stepW) = (_plan.H.TargetStep, _plan.W.TargetStep);
        var (width, pitch) = (_plan.W.Target, _plan.W.Plane);
        nint targetRow = stepH * width;
        for (var h = 0; h < stepH; h++)
        {
            var phases = _phases + (h * stepW);
            var to = target + (phases->Top * (nint)width);
            if (stepW == 1 && width >= V.Count)
            {
                DepthwiseTaps.Add<V>(
                    source, pitch, _offsets + phases->FirstTap, weights + phases->FirstTap,
                    phases->Taps, bias, to, targetRow, phases->Rows, width);
                continue;
            }

            for (var row = 0; row < phases->Rows; row += bandRows)
            {
                var count = Math.Min(bandRows, phases->Rows - row);
                for (var w = 0; w < stepW; w++)
                {
                    var phase = phases + w;
                    var run = ((count - 1) * pitch) + phase->Columns;
                    DepthwiseTaps.Add<V>(
                        source + (row * (nint)pitch), 0, _offsets + phase->FirstTap,
                        weights + phase->FirstTap, phase->Taps, bias, band + (w * bandRoom), 0, 1,
                        (run + V.Count - 1) / V.Count * V.Count);
                }

                MoveOut(phases, band, bandRoom, count, to + (row * targetRow), targetRow);
            }
        }
    }

    /// <summary>Copies a band's rows to where a stride has them, its columns side by side.
    /// </summary>
    private readonly void MoveOut(
        DepthwisePhase* phases, float* band, nint bandRoom, int rows, float* target,
        nint targetRow)
    {
        var (width, pitch, step) = (_plan.W.Target, _plan.W.Plane, _plan.W.TargetStep);
        for (var i = 0; i < rows; i++, band += pitch, target += targetRow)
        {
            if (step == 1)
            {
                ConvPlanes.Copy(band, target, width);
            }
            else if (step == 2)
            {
                var even = phases[0].Left == 0 ? 0 : bandRoom;
                ConvStride.Zip(band + even, band + bandRoom - even, target, width);
            }
            else
            {
                for (var w = 0; w < step; w++)
                {
                    ConvPlanes.Unpack(
                        band + (w * bandRoom), 0, 1, phases[w].Columns, target + phases[w].Left,
                        0, step);
                }
            }
        }
    }
}

/// <summary>The targets that see the same taps, and where they lie.</summary>
internal struct DepthwisePhase
{
    public int Taps;
    public int FirstTap;
    public int Rows;
    public int Columns;
    public int Top;
    public int Left;
}
