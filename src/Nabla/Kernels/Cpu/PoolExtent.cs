namespace Nabla.Kernels.Cpu;

/// <summary>The cells of an average pooling's window along one dimension.</summary>
internal readonly struct PoolExtent
{
    /// <summary>
    /// First cell inside the input, the cell after the last, and what to divide by.
    /// </summary>
    public readonly int Start, End, Cells;

    private PoolExtent(int at, int size, int kernel, int stride, int pad, bool countPad)
    {
        var start = (at * stride) - pad;
        var end = Math.Min(start + kernel, size + pad);
        Start = Math.Max(start, 0);
        End = Math.Min(end, size);
        Cells = countPad ? end - start : Math.Max(0, End - Start);
    }

    /// <summary>The rows of the windows in an output row.</summary>
    public static PoolExtent Rows(in PoolWindow w, int row, bool countPad) =>
        new(row, w.Height, w.KernelHeight, w.StrideHeight, w.PadHeight, countPad);

    /// <summary>The columns of the windows in an output column.</summary>
    public static PoolExtent Columns(in PoolWindow w, int column, bool countPad) =>
        new(column, w.Width, w.KernelWidth, w.StrideWidth, w.PadWidth, countPad);
}
