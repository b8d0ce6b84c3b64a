namespace Nabla.Kernels.Cpu;

/// <summary>Which weights dropout keeps: the same ones in both directions.</summary>
internal static unsafe class AttentionDropout<T>
    where T : unmanaged
{
    /// <summary>
    /// Writes 1 or 0 for a panel of queries, a row for each of <paramref name="seen"/> keys; room
    /// for as much again is behind it.
    /// </summary>
    public static void Draw(AttentionProblem<T>* p, long batch, long head, int query, int rows,
        int key, int seen, float* keep)
    {
        nint columns = GemmPanels<T>.Columns;
        var room = keep + (Attention.TileKeys * columns);
        for (var r = 0; r < rows; r++)
        {
            RandomKernels.Bernoulli(room + (r * seen), seen, p->Keep, p->Key,
                p->Element(batch, head, query + r, key));
        }
        if (rows < columns)
        {
            new Span<float>(keep, checked((int)(seen * columns))).Clear();
        }
        GemmTranspose.Run(rows, seen, room, seen, keep, columns);
    }
}
