namespace Nabla.Kernels.Cpu;

public unsafe partial struct TileLoop
{
    /// <summary>Decides on the tiles; false when there is no element.</summary>
    private bool Plan()
    {
        DropOnes();
        Sort();
        Merge();
        var total = 1L;
        for (var d = 0; d < _rank; d++)
        {
            total *= _sizes[d];
        }

        if (total == 0)
        {
            return false;
        }

        Cut();
        var outer = 1L;
        for (var d = 0; d < _blockDim; d++)
        {
            outer *= _sizes[d];
        }

        var length = _blockDim < 0 ? 1 : _sizes[_blockDim];
        _blocks = (length + _block - 1) / _block;
        _tiles = outer * _blocks;
        _tilesPerChunk = total < 2 * ChunkLength
            ? _tiles : Math.Max(1, ChunkLength / (_block * _inner));
        return true;
    }

    private void DropOnes()
    {
        var kept = 0;
        for (var d = 0; d < _rank; d++)
        {
            if (_sizes[d] != 1)
            {
                Move(d, kept++);
            }
        }

        _rank = kept;
    }

    private void Move(int from, int to)
    {
        if (from != to)
        {
            _sizes[to] = _sizes[from];
            for (var i = 0; i < _operands; i++)
            {
                _strides[(i * MaxRank) + to] = _strides[(i * MaxRank) + from];
            }
        }
    }

    private void Sort()
    {
        var strides = Math.Max(_primary, 0) * MaxRank;
        for (var d = 1; d < _rank; d++)
        {
            for (var e = d;
                e > 0 && Math.Abs(_strides[strides + e - 1]) < Math.Abs(_strides[strides + e]); e--)
            {
                Swap(e - 1, e);
            }
        }
    }

    private void Swap(int a, int b)
    {
        (_sizes[a], _sizes[b]) = (_sizes[b], _sizes[a]);
        for (var i = 0; i < _operands; i++)
        {
            var at = i * MaxRank;
            (_strides[at + a], _strides[at + b]) = (_strides[at + b], _strides[at + a]);
        }
    }

    private void Merge()
    {
        var last = 0;
        for (var d = 1; d < _rank; d++)
        {
            var size = _sizes[d];
            var merges = true;
            for (var i = 0; i < _operands && merges; i++)
            {
                var at = i * MaxRank;
                merges = _strides[at + last] == _strides[at + d] * size;
            }

            if (!merges)
            {
                Move(d, ++last);
                continue;
            }

            size *= _sizes[last];
            Move(d, last);
            _sizes[last] = size;
        }

        _rank = Math.Min(_rank, last + 1);
    }

    private void Cut()
    {
        _inner = 1;
        _blockDim = _rank - 1;
        while (_blockDim >= 0 && _inner * _sizes[_blockDim] <= TileLength)
        {
            _tileStrides[_blockDim] = _inner;
            _inner *= _sizes[_blockDim--];
        }

        var anyBuffer = false;
        _block = 1;
        if (_blockDim >= 0)
        {
            _tileStrides[_blockDim] = _inner;
            _block = Math.Min(_sizes[_blockDim], TileLength / _inner);
        }

        _rawScratch = 0;
        _scratch = 0;
        for (var i = 0; i < _operands; i++)
        {
            _dense[i] = IsDense(i);
            _buffered[i] = !_dense[i] || _types[i] != _tileTypes[i];
            anyBuffer |= _buffered[i];
            if (_buffered[i])
            {
                _scratch += BufferBytes(_tileTypes[i]);
                if (!_dense[i] && _types[i] != _tileTypes[i])
                {
                    _rawScratch = Math.Max(_rawScratch, BufferBytes(_types[i]));
                }
            }
        }

        if (!anyBuffer && _block > 1)
        {
            // Nothing is copied, so longer tiles cost no cache and save calls.
            _block = Math.Min(_sizes[_blockDim], ChunkLength / _inner);
        }
    }

    private nint BufferBytes(byte type)
    {
        var bytes = (nint)(_block * _inner * Cast.SizeOf((DType)type));
        return (bytes + 63) & ~63;
    }

    private bool IsDense(int operand)
    {
        var at = operand * MaxRank;
        var first = _block == 1 ? _blockDim + 1 : _blockDim;
        for (var d = Math.Max(first, 0); d < _rank; d++)
        {
            if (_strides[at + d] != _tileStrides[d])
            {
                return false;
            }
        }

        return true;
    }
}
