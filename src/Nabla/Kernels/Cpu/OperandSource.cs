using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>A strided array of any type as a source of contiguous tiles.</summary>
internal unsafe struct OperandSource : ITileSource
{
    private readonly byte* _data;
    private readonly DType _type;
    private readonly DType _tileType;
    private readonly int _size;
    private readonly int _rank;
    private fixed long _sizes[TileLoop.MaxRank];
    private fixed long _strides[TileLoop.MaxRank];

    public OperandSource(ReadOnlySpan<long> shape, in Operand operand, DType tileType)
    {
        _data = (byte*)operand.Data;
        _type = operand.Type;
        _tileType = tileType;
        _size = Cast.SizeOf(_type);
        // Innermost first, contiguous neighbours merged.
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            if (shape[d] == 1)
            {
                continue;
            }

            var stride = operand.Strides[d];
            if (_rank > 0 && stride == _strides[_rank - 1] * _sizes[_rank - 1])
            {
                _sizes[_rank - 1] *= shape[d];
                continue;
            }

            (_sizes[_rank], _strides[_rank]) = (shape[d], stride);
            _rank++;
        }

        if (_rank == 0)
        {
            (_sizes[0], _strides[0], _rank) = (1, 1, 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void* Fetch(long start, nint count, void* scratch) =>
        _rank == 1 && _strides[0] == 1 && _type == _tileType
            ? _data + (start * _size)
            : FetchStrided(start, count, scratch);

    [SkipLocalsInit]
    private void* FetchStrided(long start, nint count, void* scratch)
    {
        var index = stackalloc long[TileLoop.MaxRank];
        var source = _data;
        for (var d = 0; d < _rank; d++)
        {
            (start, index[d]) = Math.DivRem(start, _sizes[d]);
            source += index[d] * _strides[d] * _size;
        }

        if (_strides[0] == 1 && index[0] + count <= _sizes[0])
        {
            if (_type == _tileType)
            {
                return source;
            }

            Cast.Tile(_type, _tileType)(source, scratch, count);
            return scratch;
        }

        if (_type == _tileType)
        {
            Gather(source, index, count, (byte*)scratch);
            return scratch;
        }

        var raw = stackalloc byte[(int)count * _size];
        Gather(source, index, count, raw);
        Cast.Tile(_type, _tileType)(raw, scratch, count);
        return scratch;
    }

    private void Gather(byte* source, long* index, nint count, byte* destination)
    {
        var one = 1L;
        while (count > 0)
        {
            var run = Math.Min(_sizes[0] - index[0], (long)count);
            fixed (long* stride = _strides)
            {
                CopyTile.Strided(source, stride, destination, &one, &run, 1, _size);
            }

            destination += run * _size;
            count -= (nint)run;
            source -= index[0] * _strides[0] * _size;
            index[0] = 0;
            for (var d = 1; d < _rank; d++)
            {
                source += _strides[d] * _size;
                if (++index[d] < _sizes[d])
                {
                    break;
                }

                source -= _strides[d] * _sizes[d] * _size;
                index[d] = 0;
            }
        }
    }
}
