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
    /// Folds <paramref name="count"/> rows of <paramref name="width"/> numbers into one total a
    /// column. The scratch has room for one row: the block's own totals.
    /// </summary>
    static abstract void Columns(
        void** rows, int count, nint width, void* scratch, TTotal* totals);

    /// <summary>Writes consecutive totals to outputs, a stride (in elements) apart.</summary>
    void Write(TTotal* totals, nint count, long offset, long stride);
}
