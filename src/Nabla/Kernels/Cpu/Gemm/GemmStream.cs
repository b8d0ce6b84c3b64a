namespace Nabla.Kernels.Cpu;

/// <summary>
/// What is to be multiplied next, shared out among the tiles of now: each asks memory for a strip
/// of it, so that it lies in a cache when its turn comes. A strip is two registers wide.
/// </summary>
/// <remarks>
/// Between two tiles a core has few multiply-adds left to do, so that what is computed there shows:
/// the place goes from strip to strip without a division.
/// </remarks>
internal unsafe struct GemmStream<T>
    where T : unmanaged
{
    private readonly long _calls;
    private readonly long _count;
    private GemmStrips<T> _now;
    private GemmStrips<T> _then;
    private long _due;

    /// <param name="first">What to ask for.</param>
    /// <param name="second">And what then; may be empty.</param>
    /// <param name="calls">Tiles that share the work; where they are fewer than the strips, the
    /// last strips are left out.</param>
    /// <param name="begin">The tile that asks first.</param>
    public GemmStream(
        in GemmStrips<T> first, in GemmStrips<T> second, long calls, long begin = 0)
    {
        (_now, _then) = (first, second);
        _calls = Math.Max(1, calls);
        _count = Math.Min(first.Count + second.Count, _calls);
        var strip = begin * _count / _calls;
        _due = (begin * _count) - (strip * _calls);
        if (strip >= first.Count)
        {
            strip -= first.Count;
            (_now, _then) = (second, default);
        }

        _now.Skip((int)strip);
    }

    /// <summary>Sets what the next tile asks for: nothing where there are more tiles than strips
    /// and another one does.</summary>
    public void Ask(GemmTileArgs<T>* args)
    {
        args->Next = null;
        args->NextStep = 0;
        _due += _count;
        if (_due < _calls)
        {
            return;
        }

        _due -= _calls;
        if (_now.Count == 0)
        {
            (_now, _then) = (_then, default);
        }

        args->NextStep = _now.Step;
        args->Next = _now.Take();
    }
}

/// <summary>A matrix as strips of so many columns and rows, neighbours side by side.</summary>
internal unsafe struct GemmStrips<T>
    where T : unmanaged
{
    private readonly int _width;
    private readonly int _across;
    private readonly nint _down;
    private T* _at;
    private int _left;

    /// <param name="from">The first number.</param>
    /// <param name="rows">Rows, each contiguous.</param>
    /// <param name="columns">Their length.</param>
    /// <param name="step">Distance of the rows.</param>
    /// <param name="height">Rows of a strip.</param>
    /// <param name="width">Columns of a strip.</param>
    public GemmStrips(T* from, int rows, int columns, nint step, int height, int width)
    {
        height = Math.Max(1, height);
        _at = from;
        _width = width;
        _across = _left = (columns + width - 1) / width;
        _down = (height * step) - (_across * (nint)width);
        Count = _across * ((rows + height - 1) / height);
        Step = step;
    }

    /// <summary>How many strips are left.</summary>
    public int Count { get; private set; }

    /// <summary>Distance of a strip's rows.</summary>
    public nint Step { get; }

    /// <summary>The next strip's first number.</summary>
    public T* Take()
    {
        var at = _at;
        _at += _width;
        Count--;
        if (--_left == 0)
        {
            _at += _down;
            _left = _across;
        }

        return at;
    }

    /// <summary>Leaves out so many strips, not more than there are.</summary>
    public void Skip(int strips)
    {
        if (strips > 0)
        {
            var (down, across) = Math.DivRem(strips, _across);
            _at += (down * (_down + (_across * (nint)_width))) + (across * (nint)_width);
            _left -= across;
            Count -= strips;
        }
    }
}
