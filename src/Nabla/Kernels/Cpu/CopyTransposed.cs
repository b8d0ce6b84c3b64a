using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// A copy between layouts whose dense dimensions differ: matrices to transpose, side by side.
/// </summary>
internal unsafe struct CopyTransposed : IChunkBody
{
    // A block's rows and columns: 16 KiB of floats on each side.
    private const long Block = 64;
    private const long MinLength = 8;

    private byte* _source;
    private byte* _destination;
    private int _size;
    private int _outerRank;
    private fixed long _sizes[TileLoop.MaxRank];
    private fixed long _from[TileLoop.MaxRank];
    private fixed long _to[TileLoop.MaxRank];
    private long _rows;
    private long _columns;
    private long _rowStride;
    private long _columnStride;
    private long _rowBlocks;
    private long _columnBlocks;
    private long _blocksPerChunk;
    private long _blocks;

    /// <summary>Copies, or returns false when the layouts are no transposition.</summary>
    [SkipLocalsInit]
    public static bool TryRun(
        ReadOnlySpan<long> shape, in Operand source, in Operand destination)
    {
        if (source.Type != destination.Type)
        {
            return false;
        }

        var work = new CopyTransposed
        {
            _source = (byte*)source.Data,
            _destination = (byte*)destination.Data,
            _size = Cast.SizeOf(source.Type),
            _rows = 1,
            _columns = 1,
        };
        if (!work.Plan(shape, source.Strides, destination.Strides))
        {
            return false;
        }

        var chunks = (work._blocks + work._blocksPerChunk - 1) / work._blocksPerChunk;
        WorkerTeam.For((int)chunks, ref work);
        return true;
    }

    private bool Plan(ReadOnlySpan<long> shape, ReadOnlySpan<long> from, ReadOnlySpan<long> to)
    {
        // Merge what both layouts walk alike, then find each side's dense dimension.
        var rank = 0;
        for (var d = 0; d < shape.Length; d++)
        {
            if (shape[d] == 1)
            {
                continue;
            }

            if (rank > 0 && _from[rank - 1] == from[d] * shape[d]
                && _to[rank - 1] == to[d] * shape[d])
            {
                _sizes[rank - 1] *= shape[d];
                (_from[rank - 1], _to[rank - 1]) = (from[d], to[d]);
                continue;
            }

            (_sizes[rank], _from[rank], _to[rank]) = (shape[d], from[d], to[d]);
            rank++;
        }

        var column = Dense(rank, isSource: true);
        var row = Dense(rank, isSource: false);
        if (column < 0 || row < 0 || column == row)
        {
            return false;
        }

        (_rows, _rowStride) = (_sizes[row], _from[row]);
        (_columns, _columnStride) = (_sizes[column], _to[column]);
        if (_rowStride == 0 || _rows < MinLength || _columns < MinLength)
        {
            return false;
        }

        Remove(Math.Max(row, column), rank);
        Remove(Math.Min(row, column), rank - 1);
        _outerRank = rank - 2;
        _rowBlocks = (_rows + Block - 1) / Block;
        _columnBlocks = (_columns + Block - 1) / Block;
        _blocks = _rowBlocks * _columnBlocks;
        for (var d = 0; d < _outerRank; d++)
        {
            _blocks *= _sizes[d];
        }

        _blocksPerChunk = Math.Max(
            1, TileLoop.ChunkLength / (Math.Min(_rows, Block) * Math.Min(_columns, Block)));
        return true;
    }

    private readonly int Dense(int rank, bool isSource)
    {
        for (var d = rank - 1; d >= 0; d--)
        {
            if ((isSource ? _from[d] : _to[d]) == 1)
            {
                return d;
            }
        }

        return -1;
    }

    private void Remove(int at, int rank)
    {
        for (var d = at; d < rank - 1; d++)
        {
            (_sizes[d], _from[d], _to[d]) = (_sizes[d + 1], _from[d + 1], _to[d + 1]);
        }
    }

    public void Run(int chunk)
    {
        var end = Math.Min((chunk + 1) * _blocksPerChunk, _blocks);
        for (var block = chunk * _blocksPerChunk; block < end; block++)
        {
            var (rest, columnBlock) = Math.DivRem(block, _columnBlocks);
            (rest, var rowBlock) = Math.DivRem(rest, _rowBlocks);
            var (row, column) = (rowBlock * Block, columnBlock * Block);
            var from = (row * _rowStride) + column;
            var to = (column * _columnStride) + row;
            for (var d = _outerRank - 1; d >= 0; d--)
            {
                (rest, var index) = Math.DivRem(rest, _sizes[d]);
                from += index * _from[d];
                to += index * _to[d];
            }

            Transpose.Run(_source + (from * _size), _rowStride,
                _destination + (to * _size), _columnStride,
                Math.Min(Block, _rows - row), Math.Min(Block, _columns - column), _size);
        }
    }
}
