using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Adds what blocks of images contributed to sums [row][tap][channel], in the blocks' order, and
/// lays them out as weights [row][channel][tap].
/// </summary>
internal unsafe struct ConvChannelSums : IChunkBody
{
    private const int ChunkSize = 16 * 1024;

    private float* _partials;
    private int _blocks;
    private int _rows;
    private int _taps;
    private int _channels;
    private int _pitch;
    private int _rowsPerChunk;
    private float* _weights;

    /// <summary>Overwrites the weights; the partial sums' first block is destroyed.</summary>
    public static void Deliver(
        float* partials, int blocks, int rows, int taps, int channels, int pitch, float* weights)
    {
        var body = new ConvChannelSums
        {
            _partials = partials,
            _blocks = blocks,
            _rows = rows,
            _taps = taps,
            _channels = channels,
            _pitch = pitch,
            _rowsPerChunk = (int)Math.Clamp(ChunkSize / ((nint)taps * pitch), 1, rows),
            _weights = weights,
        };
        WorkerTeam.For((rows + body._rowsPerChunk - 1) / body._rowsPerChunk, ref body);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int chunk)
    {
        nint rowSize = _taps * _pitch;
        var first = chunk * _rowsPerChunk;
        var end = Math.Min(first + _rowsPerChunk, _rows);
        for (var row = first; row < end; row++)
        {
            var sums = _partials + (row * rowSize);
            for (var block = 1; block < _blocks; block++)
            {
                Add(_partials + (((block * (nint)_rows) + row) * rowSize), sums, rowSize);
            }

            var to = _weights + (row * (nint)_channels * _taps);
            for (var c = 0; c < _channels; c++)
            {
                for (var t = 0; t < _taps; t++)
                {
                    *to++ = sums[(t * (nint)_pitch) + c];
                }
            }
        }
    }

    /// <summary>Counts are multiples of four: a pitch is of full registers.</summary>
    private static void Add(float* from, float* to, nint count)
    {
        for (nint i = 0; i < count; i += 4)
        {
            (Vector128.Load(to + i) + Vector128.Load(from + i)).Store(to + i);
        }
    }
}
