namespace Nabla.Kernels.Cpu;

/// <summary>Maps a running number over some dimensions to offsets in two layouts.</summary>
internal unsafe struct DimWalk
{
    private int _rank;
    private fixed long _sizes[TileLoop.MaxRank];
    private fixed long _first[TileLoop.MaxRank];
    private fixed long _second[TileLoop.MaxRank];

    public DimWalk()
    {
        _rank = 0;
        Count = 1;
    }

    /// <summary>The product of the sizes.</summary>
    public long Count { get; private set; }

    /// <summary>Adds the next dimension outward; merges it into the last one where it
    /// can.</summary>
    public void AddOuter(long size, long first, long second)
    {
        Count *= size;
        if (_rank > 0)
        {
            var inner = _sizes[_rank - 1];
            if (first == _first[_rank - 1] * inner && second == _second[_rank - 1] * inner)
            {
                _sizes[_rank - 1] *= size;
                return;
            }
        }

        (_sizes[_rank], _first[_rank], _second[_rank]) = (size, first, second);
        _rank++;
    }

    /// <summary>The offsets of the index-th place, in row-major order.</summary>
    public readonly (long First, long Second) At(long index)
    {
        long first = 0, second = 0;
        for (var d = 0; d < _rank - 1; d++)
        {
            (index, var place) = Math.DivRem(index, _sizes[d]);
            first += place * _first[d];
            second += place * _second[d];
        }

        return _rank == 0 ? (0, 0)
            : (first + (index * _first[_rank - 1]), second + (index * _second[_rank - 1]));
    }
}
