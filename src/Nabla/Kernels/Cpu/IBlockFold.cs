namespace Nabla.Kernels.Cpu;

/// <summary>
/// A fold as the drivers see it: blocks of numbers become totals, and totals are combined.
/// </summary>
internal unsafe interface IBlockFold<TTotal> where TTotal : unmanaged
{
    /// <summary>The total of nothing.</summary>
    static abstract TTotal Empty { get; }

    static abstract TTotal Combine(in TTotal a, in TTotal b);

    /// <summary>The total of n ≤ <see cref="TileLoop.TileLength"/> contiguous numbers.</summary>
    static abstract TTotal Row(void* numbers, nint n);

    /// <summary>
    /// Rows that <see cref="Columns"/> may leave in a block before <see cref="Flush"/>.
    /// </summary>
    static abstract int RowsOfBlock { get; }

    /// <summary>Makes an empty block of a row's width.</summary>
    static abstract void Reset(void* block, nint width);

    /// <summary>
    /// Folds <paramref name="count"/> rows of <paramref name="width"/> numbers into a block, or
    /// straight into one total a column.
    /// </summary>
    static abstract void Columns(
        void** rows, int count, nint width, void* block, TTotal* totals);

    /// <summary>Folds a block into the totals.</summary>
    static abstract void Flush(void* block, TTotal* totals, nint width);

    /// <summary>Writes consecutive totals to outputs, a stride (in elements) apart.</summary>
    void Write(TTotal* totals, nint count, long offset, long stride);
}
