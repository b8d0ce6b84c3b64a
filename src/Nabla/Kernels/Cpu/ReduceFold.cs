namespace Nabla.Kernels.Cpu;

/// <summary>An <see cref="IReduceFn"/> over lanes V, accumulated as A, as a block fold.</summary>
internal readonly unsafe struct ReduceFold<TFn, V, A>(in Operand y, DType totalType)
    : IBlockFold<A>
    where TFn : struct, IReduceFn
    where V : unmanaged, ILanes<V>
    where A : unmanaged, ILanes<A>
{
    private readonly ReduceOutput _output = new(y, totalType);

    public static A Empty => TFn.Identity<A>();

    /// <summary>Sixteen times eight rows.</summary>
    public static int RowsOfBlock => 128;

    public static A Combine(in A a, in A b) => TFn.Combine(a, b);

    public static A Row(void* numbers, nint n) => ReduceKernels<TFn, V, A>.Row(numbers, n);

    public static void Reset(void* block, nint width) =>
        ReduceKernels<TFn, V, A>.Reset(block, width);

    public static void Columns(void** rows, int count, nint width, void* block, A* totals)
    {
        var row = 0;
        for (; row <= count - 8; row += 8)
        {
            ReduceKernels<TFn, V, A>.EightRows(rows + row, block, width);
        }

        for (; row < count; row++)
        {
            ReduceKernels<TFn, V, A>.OneRow(rows[row], block, width);
        }
    }

    public static void Flush(void* block, A* totals, nint width) =>
        ReduceKernels<TFn, V, A>.Flush(block, totals, width);

    public void Write(A* totals, nint count, long offset, long stride) =>
        _output.Write(totals, count, offset, stride);
}
