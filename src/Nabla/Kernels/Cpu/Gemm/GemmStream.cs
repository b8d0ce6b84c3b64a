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
    public GemmStream(in GemmStrips<T> first, in GemmStrips<T> second, long calls)
    {
        (_now, _then) = (first, second);
        _calls = Math.Max(1, calls);
        _count = Math.Min((long)first.Count + second.Count, _calls);
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

/// <summary>A matrix as strips of so many columns and rows.</summary>
internal unsafe struct GemmStrips<T>
    where T : unmanaged
{
    private readonly int _line;
    private readonly nint _near;
    private readonly nint _far;
    private T* _at;
    private int _left;

    /// <param name="from">The first number.</param>
    /// <param name="rows">Rows, each contiguous.</param>
    /// <param name="columns">Their length.</param>
    /// <param name="step">Distance of the rows.</param>
    /// <param name="height">Rows of a strip.</param>
    /// <param name="width">Columns of a strip.</param>
    /// <param name="down">The strips follow each other down the rows, then across; else the other
    /// way around.</param>
    public GemmStrips(
        T* from, int rows, int columns, nint step, int height, int width, bool down = false)
    {
        height = Math.Max(1, height);
        var (lower, across) = ((rows + height - 1) / height, (columns + width - 1) / width);
        _at = from;
        _line = _left = down ? lower : across;
        (_near, _far) = down ? (height * step, (nint)width) : (width, height * step);
        Count = lower * across;
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
        _at += _near;
        Count--;
        if (--_left == 0)
        {
            _at += _far - (_line * _near);
            _left = _line;
        }

        return at;
    }

    /// <summary>One of so many parts of about the same number of strips.</summary>
    public readonly GemmStrips<T> Part(int index, int parts)
    {
        var part = this;
        if (Count > 0)
        {
            var begin = (int)((long)index * Count / parts);
            var (far, near) = Math.DivRem(begin, _line);
            part._at += (far * _far) + (near * _near);
            part._left -= near;
            part.Count = (int)((long)(index + 1) * Count / parts) - begin;
        }

        return part;
    }
}
