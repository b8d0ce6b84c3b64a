namespace Nabla.Kernels.Cpu;

/// <summary>
/// What is to be multiplied next, shared out among the tiles of now: each asks memory for a strip
/// of it, so that it lies in a cache when its turn comes. A strip is two registers wide.
/// </summary>
internal readonly unsafe struct GemmStream<T>
    where T : unmanaged
{
    private readonly GemmStrips<T> _first;
    private readonly GemmStrips<T> _second;

    /// <param name="first">What to ask for.</param>
    /// <param name="second">And what then; may be empty.</param>
    /// <param name="calls">Tiles that share the work.</param>
    public GemmStream(in GemmStrips<T> first, in GemmStrips<T> second, long calls)
    {
        _first = first;
        _second = second;
        Calls = Math.Max(1, calls);
    }

    /// <summary>Tiles that share the work.</summary>
    public long Calls { get; }

    /// <summary>Sets what the tile of this number asks for: nothing where there are more tiles than
    /// strips and another one does.</summary>
    public void Ask(long call, GemmTileArgs<T>* args)
    {
        var count = _first.Count + _second.Count;
        var strip = call * count / Calls;
        args->Next = null;
        args->NextStep = 0;
        if (strip == (call + 1) * count / Calls)
        {
            return;
        }

        var strips = strip < _first.Count ? _first : _second;
        args->Next = strips.At((int)(strip < _first.Count ? strip : strip - _first.Count));
        args->NextStep = strips.Step;
    }
}

/// <summary>A matrix as strips of so many columns and rows, neighbours side by side.</summary>
internal readonly unsafe struct GemmStrips<T>
    where T : unmanaged
{
    private readonly T* _from;
    private readonly int _width;
    private readonly int _height;
    private readonly int _across;

    /// <param name="from">The first number.</param>
    /// <param name="rows">Rows, each contiguous.</param>
    /// <param name="columns">Their length.</param>
    /// <param name="step">Distance of the rows.</param>
    /// <param name="height">Rows of a strip.</param>
    /// <param name="width">Columns of a strip.</param>
    public GemmStrips(T* from, int rows, int columns, nint step, int height, int width)
    {
        (_width, _height) = (width, Math.Max(1, height));
        _from = from;
        _across = (columns + width - 1) / width;
        Count = _across * ((rows + _height - 1) / _height);
        Step = step;
    }

    /// <summary>How many strips there are.</summary>
    public int Count { get; }

    /// <summary>Distance of a strip's rows.</summary>
    public nint Step { get; }

    /// <summary>The first number of a strip.</summary>
    public T* At(int strip) =>
        _from + ((nint)(strip / _across) * _height * Step) + ((nint)(strip % _across) * _width);
}
