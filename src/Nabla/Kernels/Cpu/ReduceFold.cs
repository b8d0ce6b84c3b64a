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

    public static A Combine(in A a, in A b) => TFn.Combine(a, b);

    public static A Row(void* numbers, nint n) => ReduceKernels<TFn, V, A>.Row(numbers, n);

    public static void Columns(void** rows, int count, nint width, void* scratch, A* totals)
    {
        ReduceKernels<TFn, V, A>.Reset(scratch, width);
        var row = 0;
        for (; row <= count - 4; row += 4)
        {
            ReduceKernels<TFn, V, A>.FourRows(rows + row, scratch, width);
        }

        for (; row < count; row++)
        {
            ReduceKernels<TFn, V, A>.OneRow(rows[row], scratch, width);
        }

        ReduceKernels<TFn, V, A>.Flush(scratch, totals, width);
    }

    public void Write(A* totals, nint count, long offset, long stride) =>
        _output.Write(totals, count, offset, stride);
}
