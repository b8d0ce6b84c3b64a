using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// An image's channel with its padding, a stride's phases apart, [phase][row][column]: where each
/// row of the source goes is worked out once for all channels and images.
/// </summary>
internal readonly unsafe struct DepthwisePlane
{
    /// <summary>Bytes of a plane that stays in a core's second-level cache.</summary>
    private const int MaxBytes = 512 << 10;

    /// <summary>Outputs of a plane so small that one image a lane is quicker.</summary>
    private const int TinyOutputs = 64;

    private const int LineNumbers = 16;
    private const nint Outside = -1;

    private readonly nint* _rows;
    private readonly int _width;
    private readonly int _step;

    /// <summary>Of each phase: the first column of the source, where it goes, and how many.
    /// </summary>
    private readonly int* _columns;
    private readonly bool _isWhole;

    /// <summary>Fills tables of <see cref="Room"/> entries, which stay the caller's.</summary>
    public DepthwisePlane(in ConvPlan plan, nint* tables)
    {
        (_width, _step) = (plan.W.Source, plan.W.SourceStep);
        _rows = tables;
        var phaseSize = (nint)plan.PlaneSize;
        new Span<nint>(_rows, plan.H.Source).Fill(Outside);
        for (var phase = 0; phase < plan.H.SourceStep; phase++)
        {
            var (first, end) = plan.H.Inside(phase);
            for (var i = first; i < end; i++)
            {
                _rows[plan.H.SourceOf(phase, i)] =
                    (phase * _step * phaseSize) + (i * (nint)plan.W.Plane);
            }
        }

        _columns = (int*)(tables + plan.H.Source);
        var columns = 0;
        for (var phase = 0; phase < _step; phase++)
        {
            var (first, end) = plan.W.Inside(phase);
            _columns[3 * phase] = plan.W.SourceOf(phase, first);
            _columns[(3 * phase) + 1] = (int)(phase * phaseSize) + first;
            _columns[(3 * phase) + 2] = end - first;
            columns += end - first;
        }

        _isWhole = columns == _width;
    }

    /// <summary>True where each channel is convolved by itself, with one set of weights, and its
    /// plane is neither too large nor, with images for all lanes, too small.</summary>
    public static bool Suits(in ConvPlan plan, int images, int lanes) =>
        plan is { Groups: > 1, Channels: 1, Rows: 1, AllTaps: > 0, TargetSize: > 0 }
        && plan.PlanesSize * sizeof(float) <= MaxBytes
        && (images < lanes || plan.TargetSize > TinyOutputs || plan.SourcePhases > 1
            || plan.TargetPhases > 1);

    /// <summary>Entries of the tables.</summary>
    public static nint Room(in ConvPlan plan) => plan.H.Source + (2 * plan.W.SourceStep);

    /// <summary>Copies a source into the inside of a plane, whose padding is zero already, and asks
    /// memory for the same part of another one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(float* source, int rows, float* plane, float* ahead)
    {
        for (var i = 0; i < rows; i++, source += _width, ahead += _width)
        {
            if (Sse.IsSupported)
            {
                for (var j = 0; j < _width; j += LineNumbers)
                {
                    Sse.Prefetch1(ahead + j);
                }
            }

            if (_rows[i] == Outside)
            {
                continue;
            }

            var to = plane + _rows[i];
            if (_step == 2 && _isWhole)
            {
                var even = _columns[0] == 0 ? 0 : 3;
                ConvStride.Unzip(
                    source, to + _columns[even + 1], to + _columns[4 - even], _width);
                continue;
            }

            for (var phase = 0; phase < _step; phase++)
            {
                var column = _columns + (3 * phase);
                if (_step == 1)
                {
                    ConvPlanes.Copy(source + column[0], to + column[1], column[2]);
                }
                else
                {
                    ConvStride.Pick(source + column[0], _step, to + column[1], column[2]);
                }
            }
        }
    }
}
