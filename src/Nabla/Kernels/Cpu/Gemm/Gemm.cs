namespace Nabla.Kernels.Cpu;

/// <summary>
/// Matrix products C ← act(A·B [+ C] + biases) for float32, float64, int64, int32 and uint8. A
/// and B may have any strides, so a transpose needs no copy. Strides and leading dimensions count
/// numbers.
/// </summary>
/// <remarks>
/// The result depends on sizes, strides and the SIMD level, not on the number of threads. C must
/// not overlap A or B. Integers wrap around.
/// </remarks>
public static unsafe class Gemm
{
    /// <summary>C (M × N) ← act(A (M × K) · B (K × N) [+ C] + biases).</summary>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B; 0 makes the product zero.</param>
    /// <param name="a">A[0, 0].</param>
    /// <param name="rowStrideA">From A[i, k] to A[i + 1, k].</param>
    /// <param name="colStrideA">From A[i, k] to A[i, k + 1].</param>
    /// <param name="b">B[0, 0].</param>
    /// <param name="rowStrideB">From B[k, j] to B[k + 1, j].</param>
    /// <param name="colStrideB">From B[k, j] to B[k, j + 1].</param>
    /// <param name="c">C[0, 0]; a row of C is contiguous.</param>
    /// <param name="ldc">From C[i, j] to C[i + 1, j], at least N.</param>
    /// <param name="epilogue">What happens to the product before it is stored.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <exception cref="NotSupportedException">T is none of the five types.</exception>
    public static void Run<T>(
        int m,
        int n,
        int k,
        T* a,
        nint rowStrideA,
        nint colStrideA,
        T* b,
        nint rowStrideB,
        nint colStrideB,
        T* c,
        nint ldc,
        in GemmEpilogue epilogue)
        where T : unmanaged =>
        GemmLevel.Run(Problem(
            m, n, k, a, rowStrideA, colStrideA, b, rowStrideB, colStrideB, c, ldc, epilogue));

    /// <summary>
    /// The product of each of <paramref name="batch"/> pairs of matrices. A batch stride of 0 for A
    /// or B uses the same matrix for all; the biases are shared by all, and each product has its
    /// own part of residual and mask, at C's batch stride.
    /// </summary>
    /// <inheritdoc cref="Run"/>
    /// <param name="batch">Number of products.</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="a">The first A.</param>
    /// <param name="batchStrideA">From one A to the next.</param>
    /// <param name="rowStrideA">From A[i, k] to A[i + 1, k].</param>
    /// <param name="colStrideA">From A[i, k] to A[i, k + 1].</param>
    /// <param name="b">The first B.</param>
    /// <param name="batchStrideB">From one B to the next.</param>
    /// <param name="rowStrideB">From B[k, j] to B[k + 1, j].</param>
    /// <param name="colStrideB">From B[k, j] to B[k, j + 1].</param>
    /// <param name="c">The first C.</param>
    /// <param name="batchStrideC">From one C to the next.</param>
    /// <param name="ldc">From C[i, j] to C[i + 1, j], at least N.</param>
    /// <param name="epilogue">What happens to each product before it is stored; sums of columns,
    /// which a batch has many of, are not for it.</param>
    /// <exception cref="ArgumentException">The epilogue asks for sums of columns.</exception>
    public static void Batched<T>(
        int batch,
        int m,
        int n,
        int k,
        T* a,
        nint batchStrideA,
        nint rowStrideA,
        nint colStrideA,
        T* b,
        nint batchStrideB,
        nint rowStrideB,
        nint colStrideB,
        T* c,
        nint batchStrideC,
        nint ldc,
        in GemmEpilogue epilogue)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        if (epilogue.ColumnSums != null)
        {
            throw new ArgumentException(
                "Gemm.Batched has no sums of columns, since each product has its own; leave "
                + "ColumnSums null, or call Gemm.Run for each product.",
                nameof(epilogue));
        }

        var problem = Problem(
            m, n, k, a, rowStrideA, colStrideA, b, rowStrideB, colStrideB, c, ldc, epilogue);
        GemmBatch<T>.Run(
            new BatchLayout([batch], [batchStrideA], [batchStrideB]), batchStrideC, problem);
    }

    /// <summary>The product of each pair of a batch of several dimensions; the C's follow each
    /// other.</summary>
    /// <inheritdoc cref="Run"/>
    /// <param name="layout">Where the A's and the B's lie.</param>
    /// <param name="m">Rows of A and C.</param>
    /// <param name="n">Columns of B and C.</param>
    /// <param name="k">Columns of A and rows of B.</param>
    /// <param name="a">The first A.</param>
    /// <param name="rowStrideA">From A[i, k] to A[i + 1, k].</param>
    /// <param name="colStrideA">From A[i, k] to A[i, k + 1].</param>
    /// <param name="b">The first B.</param>
    /// <param name="rowStrideB">From B[k, j] to B[k + 1, j].</param>
    /// <param name="colStrideB">From B[k, j] to B[k, j + 1].</param>
    /// <param name="c">The first C.</param>
    internal static void Batched<T>(
        in BatchLayout layout,
        int m,
        int n,
        int k,
        T* a,
        nint rowStrideA,
        nint colStrideA,
        T* b,
        nint rowStrideB,
        nint colStrideB,
        T* c)
        where T : unmanaged =>
        GemmBatch<T>.Run(layout, (nint)m * n, Problem(
            m, n, k, a, rowStrideA, colStrideA, b, rowStrideB, colStrideB, c, n, default));

    private static GemmProblem<T> Problem<T>(
        int m,
        int n,
        int k,
        T* a,
        nint rowStrideA,
        nint colStrideA,
        T* b,
        nint rowStrideB,
        nint colStrideB,
        T* c,
        nint ldc,
        in GemmEpilogue epilogue)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        return new GemmProblem<T>
        {
            M = m,
            N = n,
            K = k,
            A = a,
            ARow = rowStrideA,
            ACol = colStrideA,
            B = b,
            BRow = rowStrideB,
            BCol = colStrideB,
            C = c,
            Ldc = ldc,
            Epilogue = epilogue,
        };
    }
}
