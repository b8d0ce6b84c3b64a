using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

public unsafe partial struct TileLoop
{
    [SkipLocalsInit]
    private void RunChunk<TBody>(int chunk, ref TBody body) where TBody : struct, ITileBody
    {
        var scratch = stackalloc byte[(int)(_scratch + _rawScratch) + 64];
        scratch = (byte*)(((nint)scratch + 63) & ~63);
        var tiles = stackalloc void*[MaxOperands];
        var buffers = stackalloc byte*[MaxOperands];
        var loaded = stackalloc byte*[MaxOperands];
        var offsets = stackalloc long[MaxOperands];
        var index = stackalloc long[MaxRank];

        var raw = scratch;
        scratch += _rawScratch;
        for (var i = 0; i < _operands; i++)
        {
            buffers[i] = scratch;
            loaded[i] = null;
            scratch += _buffered[i] ? BufferBytes(_tileTypes[i]) : 0;
        }

        var tile = chunk * _tilesPerChunk;
        var end = Math.Min(tile + _tilesPerChunk, _tiles);
        var block = Seek(tile, index, offsets);
        var length = _blockDim < 0 ? 1 : _sizes[_blockDim];
        for (; tile < end; tile++)
        {
            var steps = Math.Min(_block, length - (block * _block));
            var count = (nint)(steps * _inner);
            for (var i = 0; i < _operands; i++)
            {
                var at = Address(i, offsets[i], block);
                tiles[i] = _buffered[i] ? buffers[i] : at;
                if (_buffered[i] && !_isOutput[i] && loaded[i] != at)
                {
                    Load(i, at, steps, buffers[i], raw);
                    // A stride of 0 comes back to the same address; a shorter tile is a prefix.
                    loaded[i] = steps == _block ? at : null;
                }
            }

            body.Run(tiles, count);
            for (var i = 0; i < _operands; i++)
            {
                if (_buffered[i] && _isOutput[i])
                {
                    Store(i, buffers[i], Address(i, offsets[i], block), steps, raw);
                }
            }

            if (++block == _blocks)
            {
                block = 0;
                Advance(index, offsets);
            }
        }
    }

    private readonly byte* Address(int operand, long offset, long block)
    {
        var size = Cast.SizeOf((DType)_types[operand]);
        var step = _blockDim < 0 ? 0 : _strides[(operand * MaxRank) + _blockDim] * _block;
        return (byte*)_data[operand] + ((offset + (block * step)) * size);
    }

    /// <summary>Sets the outer indices and offsets of a tile; returns its block.</summary>
    private readonly long Seek(long tile, long* index, long* offsets)
    {
        var (outer, block) = Math.DivRem(tile, _blocks);
        for (var d = _blockDim - 1; d >= 0; d--)
        {
            (outer, index[d]) = Math.DivRem(outer, _sizes[d]);
        }

        for (var i = 0; i < _operands; i++)
        {
            offsets[i] = 0;
            for (var d = 0; d < _blockDim; d++)
            {
                offsets[i] += index[d] * _strides[(i * MaxRank) + d];
            }
        }

        return block;
    }

    private readonly void Advance(long* index, long* offsets)
    {
        for (var d = _blockDim - 1; d >= 0; d--)
        {
            var wraps = ++index[d] == _sizes[d];
            index[d] = wraps ? 0 : index[d];
            for (var i = 0; i < _operands; i++)
            {
                var stride = _strides[(i * MaxRank) + d];
                offsets[i] += wraps ? stride * (1 - _sizes[d]) : stride;
            }

            if (!wraps)
            {
                return;
            }
        }
    }

    private void Load(int operand, byte* source, long steps, byte* buffer, byte* raw)
    {
        var (type, tileType) = ((DType)_types[operand], (DType)_tileTypes[operand]);
        if (!_dense[operand])
        {
            var target = type == tileType ? buffer : raw;
            Move(operand, source, target, steps, gather: true);
            source = target;
        }

        if (type != tileType)
        {
            Cast.Tile(type, tileType)(source, buffer, (nint)(steps * _inner));
        }
    }

    private void Store(int operand, byte* buffer, byte* destination, long steps, byte* raw)
    {
        var (type, tileType) = ((DType)_types[operand], (DType)_tileTypes[operand]);
        if (type != tileType)
        {
            var target = _dense[operand] ? destination : raw;
            Cast.Tile(tileType, type)(buffer, target, (nint)(steps * _inner));
            buffer = raw;
        }

        if (!_dense[operand])
        {
            Move(operand, destination, buffer, steps, gather: false);
        }
    }

    [SkipLocalsInit]
    private void Move(int operand, byte* strided, byte* tile, long steps, bool gather)
    {
        var first = Math.Max(_blockDim, 0);
        var rank = _rank - first;
        var sizes = stackalloc long[MaxRank];
        for (var d = 0; d < rank; d++)
        {
            sizes[d] = _sizes[first + d];
        }

        if (_blockDim >= 0)
        {
            sizes[0] = steps;
        }

        var size = Cast.SizeOf((DType)_types[operand]);
        fixed (long* strides = &_strides[(operand * MaxRank) + first])
        fixed (long* tileStrides = &_tileStrides[first])
        {
            if (gather)
            {
                CopyTile.Strided(strided, strides, tile, tileStrides, sizes, rank, size);
            }
            else
            {
                CopyTile.Strided(tile, tileStrides, strided, strides, sizes, rank, size);
            }
        }
    }
}
