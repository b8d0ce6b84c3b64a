using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>A reduction whose last dimension is reduced: an output folds whole rows.</summary>
internal unsafe struct ReduceRows<TFold, TTotal, TSource> : IReduceWork<TTotal>
    where TTotal : unmanaged
    where TFold : struct, IBlockFold<TTotal>
    where TSource : struct, ITileSource
{
    private const long SegmentLength = 65536;
    private const long ChunkLength = 16384;
    private const int Batch = 64;

    private readonly TFold _fold;
    private readonly ReduceShape _plan;
    private readonly long _blocksPerRow;
    private readonly long _blocks;
    private readonly long _segmentBlocks;
    private readonly long _segments;
    private readonly long _perChunk;
    private TSource _source;

    public ReduceRows(in ReduceShape plan, in TFold fold, in TSource source)
    {
        (_plan, _fold, _source) = (plan, fold, source);
        var perBlock = Math.Clamp(plan.Length, 1, TileLoop.TileLength);
        _blocksPerRow = (plan.Length + TileLoop.TileLength - 1) / TileLoop.TileLength;
        _blocks = _blocksPerRow * plan.Reduced.Count;
        _segmentBlocks = SegmentLength / perBlock;
        _segments = Math.Max(1, (_blocks + _segmentBlocks - 1) / _segmentBlocks);
        _perChunk = Math.Max(1, ChunkLength / Math.Max(1, _blocks * perBlock));
        Chunks = _segments > 1
            ? (int)(plan.Kept.Count * _segments)
            : (int)((plan.Kept.Count + _perChunk - 1) / _perChunk);
    }

    public int Chunks { get; }

    public readonly int PartialCount => _segments > 1 ? Chunks : 0;

    public TTotal* Partials { private get; set; }

    [SkipLocalsInit]
    public void Run(int chunk)
    {
        var scratch = stackalloc byte[(TileLoop.TileLength * sizeof(long)) + 64];
        scratch = (byte*)(((nint)scratch + 63) & ~63);
        if (_segments > 1)
        {
            var (unit, segment) = Math.DivRem(chunk, _segments);
            var start = segment * _segmentBlocks;
            Partials[chunk] = Fold(_plan.Kept.At(unit).First, start,
                Math.Min(start + _segmentBlocks, _blocks), scratch);
            return;
        }

        // Outputs that lie side by side are converted and written together.
        var totals = stackalloc TTotal[Batch];
        var count = 0;
        var first = 0L;
        var end = Math.Min((chunk + 1) * _perChunk, _plan.Kept.Count);
        for (var output = chunk * _perChunk; output < end; output++)
        {
            var (place, offset) = _plan.Kept.At(output);
            if (count == Batch || offset != first + count)
            {
                _fold.Write(totals, count, first, 1);
                (first, count) = (offset, 0);
            }

            totals[count++] = Fold(place, 0, _blocks, scratch);
        }

        _fold.Write(totals, count, first, 1);
    }

    public readonly void Finish()
    {
        for (long output = 0; output < _plan.Kept.Count; output++)
        {
            var partials = Partials + (output * _segments);
            var total = partials[0];
            for (long s = 1; s < _segments; s++)
            {
                total = TFold.Combine(total, partials[s]);
            }

            _fold.Write(&total, 1, _plan.Kept.At(output).Second, 1);
        }
    }

    private TTotal Fold(long place, long start, long end, byte* scratch)
    {
        var total = TFold.Empty;
        for (var block = start; block < end; block++)
        {
            var (row, part) = _blocksPerRow == 1 ? (block, 0) : Math.DivRem(block, _blocksPerRow);
            var from = part * TileLoop.TileLength;
            var count = (nint)Math.Min(TileLoop.TileLength, _plan.Length - from);
            var at = place + _plan.Reduced.At(row).First + from;
            var numbers = _source.Fetch(at, count, scratch);
            total = TFold.Combine(total, TFold.Row(numbers, count));
        }

        return total;
    }
}
