using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A reduction whose last dimension is kept: rows are folded onto each other, and in the end groups
/// of neighbours where a short reduced dimension comes last.
/// </summary>
internal unsafe struct ReduceColumns<TFold, TTotal, TSource> : IReduceWork<TTotal>
    where TTotal : unmanaged
    where TFold : struct, IBlockFold<TTotal>
    where TSource : struct, ITileSource
{
    private const int MaxStrip = 512;
    private const int BlockRows = 16;
    private const int MinSegmentRows = 256;
    private const int MaxSegments = 64;
    private const int ManyUnits = 16;
    private const long ChunkLength = 16384;

    private readonly TFold _fold;
    private readonly ReduceShape _plan;
    private readonly long _rows;
    private readonly long _width;
    private readonly int _strip;
    private readonly long _strips;
    private readonly long _units;
    private readonly long _segmentRows;
    private readonly long _segments;
    private readonly long _perChunk;
    private TSource _source;

    public ReduceColumns(in ReduceShape plan, in TFold fold, in TSource source)
    {
        (_plan, _fold, _source) = (plan, fold, source);
        _rows = plan.Reduced.Count;
        _width = plan.Length * plan.Group;
        _strip = MaxStrip / plan.Group * plan.Group;
        _strips = (_width + _strip - 1) / _strip;
        _units = plan.Kept.Count * _strips;
        // Long thin arrays are cut along the rows too; wide ones have enough strips.
        _segmentRows = _units >= ManyUnits ? Math.Max(_rows, 1)
            : Math.Max(MinSegmentRows, (_rows + MaxSegments - 1) / MaxSegments);
        _segments = Math.Max(1, (_rows + _segmentRows - 1) / _segmentRows);
        var perUnit = Math.Max(1, _rows * Math.Min(_width, _strip));
        _perChunk = _segments > 1 ? 1 : Math.Max(1, ChunkLength / perUnit);
        Chunks = (int)(((_units * _segments) + _perChunk - 1) / _perChunk);
    }

    public int Chunks { get; }

    public readonly int PartialCount => _segments > 1 ? Chunks * _strip : 0;

    public TTotal* Partials { private get; set; }

    [SkipLocalsInit]
    public void Run(int chunk)
    {
        const int RowBytes = MaxStrip * sizeof(long);
        var scratch = stackalloc byte[((BlockRows + 1) * RowBytes) + 64];
        scratch = (byte*)(((nint)scratch + 63) & ~63);
        if (_segments > 1)
        {
            var (unit, segment) = Math.DivRem(chunk, _segments);
            var start = segment * _segmentRows;
            Fold(unit, start, Math.Min(start + _segmentRows, _rows),
                Partials + ((long)chunk * _strip), scratch);
            return;
        }

        var totals = stackalloc TTotal[MaxStrip];
        var end = Math.Min((chunk + 1) * _perChunk, _units);
        for (var unit = chunk * _perChunk; unit < end; unit++)
        {
            Fold(unit, 0, _rows, totals, scratch);
            Write(unit, totals);
        }
    }

    public readonly void Finish()
    {
        for (long unit = 0; unit < _units; unit++)
        {
            var totals = Partials + (unit * _segments * _strip);
            var width = Width(unit);
            for (long s = 1; s < _segments; s++)
            {
                for (nint i = 0; i < width; i++)
                {
                    totals[i] = TFold.Combine(totals[i], totals[(s * _strip) + i]);
                }
            }

            Write(unit, totals);
        }
    }

    private readonly nint Width(long unit) =>
        (nint)Math.Min(_strip, _width - (unit % _strips * _strip));

    private readonly void Write(long unit, TTotal* totals)
    {
        var count = Width(unit) / _plan.Group;
        if (_plan.Group > 1)
        {
            for (nint i = 0; i < count; i++)
            {
                var total = totals[i * _plan.Group];
                for (var j = 1; j < _plan.Group; j++)
                {
                    total = TFold.Combine(total, totals[(i * _plan.Group) + j]);
                }

                totals[i] = total;
            }
        }

        var first = unit % _strips * _strip / _plan.Group;
        var offset = _plan.Kept.At(unit / _strips).Second + (first * _plan.LengthStride);
        _fold.Write(totals, count, offset, _plan.LengthStride);
    }

    private void Fold(long unit, long start, long end, TTotal* totals, byte* scratch)
    {
        const int RowBytes = MaxStrip * sizeof(long);
        var rows = stackalloc void*[BlockRows];
        var width = Width(unit);
        var place = _plan.Kept.At(unit / _strips).First + (unit % _strips * _strip);
        for (nint i = 0; i < width; i++)
        {
            totals[i] = TFold.Empty;
        }

        var block = scratch + (BlockRows * RowBytes);
        var room = TFold.RowsOfBlock;
        TFold.Reset(block, width);
        while (start < end)
        {
            var count = (int)Math.Min(BlockRows, end - start);
            for (var i = 0; i < count; i++)
            {
                var at = place + _plan.Reduced.At(start + i).First;
                rows[i] = _source.Fetch(at, width, scratch + (i * RowBytes));
            }

            TFold.Columns(rows, count, width, block, totals);
            start += count;
            room -= count;
            if (room < BlockRows)
            {
                TFold.Flush(block, totals, width);
                TFold.Reset(block, width);
                room = TFold.RowsOfBlock;
            }
        }

        TFold.Flush(block, totals, width);
    }
}
