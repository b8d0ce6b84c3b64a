namespace Nabla.Kernels.Cpu;

/// <summary>
/// Products of rows by keys with a packed panel of rows by queries, where some query sees the key.
/// </summary>
internal static unsafe class AttentionScores<T>
    where T : unmanaged
{
    /// <summary>Writes rows of a panel for <paramref name="seen"/> keys from
    /// <paramref name="key"/> on.</summary>
    public static void Run(AttentionProblem<T>* p, int query, int rows, int key, int seen, T* a,
        nint lda, int inner, T* panel, T* to, nint stride, AttentionAhead<T>* ahead)
    {
        var columns = GemmPanels<T>.Columns;
        var half = columns / 2;
        var product = new AttentionProduct<T>
        {
            N = rows <= half ? half : columns,
            K = inner,
            Lda = lda,
            Panels = panel,
            Ldb = columns,
            Ldc = stride,
            Ahead = ahead,
        };
        // Keys that only the queries in the second register see.
        var all = rows <= half ? seen : p->Visible(query + half - 1, key, seen);
        for (var j = 0; j < seen; j += product.M)
        {
            var upper = j >= all;
            product.M = GemmPanels<T>.Rows((upper ? seen : all) - j);
            product.A = a + (j * lda);
            product.C = to + (j * stride);
            if (upper)
            {
                product.N = half;
                product.Panels = panel + half;
                product.C += half;
            }
            AttentionTiles<T>.Run(ref product);
        }
    }
}
