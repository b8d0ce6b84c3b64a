namespace Nabla.Kernels.Cpu;

/// <summary>
/// The cells [start, end) of an average pooling's windows along one dimension, and the windows
/// [from, to) that a cell lies in. Starts and ends never go back from one window to the next.
/// </summary>
internal readonly unsafe struct PoolRanges
{
    private readonly int* _starts, _ends, _cells, _from, _to;

    /// <summary>Lays the ranges out in memory for <see cref="Room"/> integers.</summary>
    /// <param name="memory">Where they are written.</param>
    /// <param name="size">How many cells there are.</param>
    /// <param name="count">How many windows.</param>
    public PoolRanges(int* memory, int size, int count)
    {
        (Size, Count) = (size, count);
        _starts = memory;
        _ends = _starts + count;
        _cells = _ends + count;
        _from = _cells + count;
        _to = _from + size;
    }

    /// <summary>Cells along the dimension.</summary>
    public int Size { get; }

    /// <summary>Windows along the dimension.</summary>
    public int Count { get; }

    /// <summary>Integers that the ranges take.</summary>
    public static int Room(int size, int count) => (3 * count) + (2 * size);

    /// <summary>Windows of an adaptive pooling: ⌊i·size/count⌋ … ⌈(i + 1)·size/count⌉ − 1.
    /// </summary>
    public static PoolRanges Adaptive(int* memory, int size, int count)
    {
        var ranges = new PoolRanges(memory, size, count);
        for (var i = 0; i < count; i++)
        {
            var start = (int)((long)i * size / count);
            var end = (int)((((i + 1L) * size) + count - 1) / count);
            ranges.Set(i, start, end, end - start);
        }

        ranges.FindWindows();
        return ranges;
    }

    /// <summary>The rows of a pooling's windows.</summary>
    public static PoolRanges Rows(int* memory, in PoolWindow w, bool countPad)
    {
        var ranges = new PoolRanges(memory, w.Height, w.OutHeight);
        for (var i = 0; i < ranges.Count; i++)
        {
            var rows = PoolExtent.Rows(in w, i, countPad);
            ranges.Set(i, rows.Start, rows.End, rows.Cells);
        }

        ranges.FindWindows();
        return ranges;
    }

    /// <summary>The columns of a pooling's windows.</summary>
    public static PoolRanges Columns(int* memory, in PoolWindow w, bool countPad)
    {
        var ranges = new PoolRanges(memory, w.Width, w.OutWidth);
        for (var i = 0; i < ranges.Count; i++)
        {
            var columns = PoolExtent.Columns(in w, i, countPad);
            ranges.Set(i, columns.Start, columns.End, columns.Cells);
        }

        ranges.FindWindows();
        return ranges;
    }

    /// <summary>A window's first cell and the cell after its last.</summary>
    public (int Start, int End) Window(int i) => (_starts[i], _ends[i]);

    /// <summary>What a window's sum is divided by along this dimension.</summary>
    public int Cells(int i) => _cells[i];

    /// <summary>A cell's first window and the window after its last.</summary>
    public (int From, int To) WindowsOf(int cell) => (_from[cell], _to[cell]);

    private void Set(int i, int start, int end, int cells) =>
        (_starts[i], _ends[i], _cells[i]) = (start, end, cells);

    private void FindWindows()
    {
        var (from, to) = (0, 0);
        for (var cell = 0; cell < Size; cell++)
        {
            while (from < Count && _ends[from] <= cell)
            {
                from++;
            }

            while (to < Count && _starts[to] <= cell)
            {
                to++;
            }

            (_from[cell], _to[cell]) = (from, to);
        }
    }
}
