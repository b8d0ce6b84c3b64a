namespace Nabla.Kernels.Cpu;

/// <summary>
/// How a product is cut into blocks and tiles: a pure function of sizes and strides, so that the
/// order of additions, and with it every bit of C, is the same on any number of threads.
/// </summary>
internal readonly struct GemmPlan
{
    /// <summary>Length of a block along k: a panel of B stays in L1.</summary>
    private const int MaxBlockK = 512;

    /// <summary>Bytes of packed A at a time: they stay in the L2 of the cores until used.</summary>
    private const int MaxPackedA = 640 << 10;

    /// <summary>Bytes of packed B at a time: they serve all of A, and stay in L3.</summary>
    private const int MaxPackedB = 6 << 20;

    /// <summary>Bytes of A, and of B, in a chunk: both stay in one core's L2.</summary>
    private const int MaxChunk = 256 << 10;

    /// <summary>Multiply-adds that are worth a chunk of their own.</summary>
    private const int MinChunkWork = 1 << 18;

    /// <summary>Chunks to aim at: enough to keep the threads equally busy.</summary>
    private const int WantedChunks = 128;

    /// <summary>
    /// Length of C's other side from which it pays to pack an operand only to spread its rows.
    /// </summary>
    private const int WorthPacking = 512;

    public GemmPlan(
        int m,
        int n,
        int k,
        nint aRow,
        nint aCol,
        nint bRow,
        nint bCol,
        int tileRows,
        int tileColumns,
        int size,
        bool prepacked = false)
    {
        M = m;
        TileColumns = tileColumns;
        PanelsM = (m + tileRows - 1) / tileRows;
        PanelsN = (n + tileColumns - 1) / tileColumns;
        var blocks = (k + MaxBlockK - 1) / MaxBlockK;
        BlockK = (k + blocks - 1) / blocks;
        ColumnMajorA = aCol != 1 && aRow == 1;
        PackA = (aRow != 1 && aCol != 1)
            || (n >= WorthPacking && IsAligned(ColumnMajorA ? aCol : aRow, size));
        PackB = prepacked || bCol != 1 || (m >= WorthPacking && IsAligned(bRow, size));
        LdaPacked = ((BlockK + 15) & -16) + 16;
        BlockM = PackA ? Fit(PanelsM, MaxPackedA, LdaPacked * tileRows * size) : PanelsM;
        BlockN = PackB && !prepacked
            ? Fit(PanelsN, MaxPackedB, (nint)BlockK * tileColumns * size)
            : PanelsN;

        var work = (double)Math.Min((long)BlockM * tileRows, m)
            * Math.Min((long)BlockN * tileColumns, n) * BlockK;
        var wanted = (int)Math.Clamp(work / MinChunkWork, 1, WantedChunks);
        var gridN = Parts(BlockN, MaxChunk, (nint)BlockK * tileColumns * size);
        var gridM = Parts(BlockM, MaxChunk, (nint)BlockK * tileRows * size);
        gridM = Math.Clamp((wanted + gridN - 1) / gridN, gridM, BlockM);
        gridN = Math.Clamp((wanted + gridM - 1) / gridM, gridN, BlockN);
        GridM = gridM;
        GridN = gridN;
    }

    public int M { get; }

    /// <summary>Columns of a full tile.</summary>
    public int TileColumns { get; }

    /// <summary>Tiles that cover C's rows. They differ by at most one row.</summary>
    public int PanelsM { get; }

    /// <summary>Tiles that cover C's columns.</summary>
    public int PanelsN { get; }

    /// <summary>Length of a block along k.</summary>
    public int BlockK { get; }

    /// <summary>Panels of A packed at a time.</summary>
    public int BlockM { get; }

    /// <summary>Panels of B packed at a time.</summary>
    public int BlockN { get; }

    /// <summary>Chunks along a block's rows.</summary>
    public int GridM { get; }

    /// <summary>Chunks along a block's columns.</summary>
    public int GridN { get; }

    /// <summary>The tiles read A from packed panels.</summary>
    public bool PackA { get; }

    /// <summary>The tiles read B from packed panels.</summary>
    public bool PackB { get; }

    /// <summary>A's columns, not its rows, are contiguous.</summary>
    public bool ColumnMajorA { get; }

    /// <summary>Distance of packed rows of A: off the multiples of a cache's size.</summary>
    public nint LdaPacked { get; }

    /// <summary>The first row of a panel.</summary>
    public int Row(int panel)
    {
        var rows = M / PanelsM;
        return (panel * rows) + Math.Min(panel, M - (rows * PanelsM));
    }

    /// <summary>Rows that share a cache set, which holds few of them.</summary>
    private static bool IsAligned(nint stride, int size) => stride * size % 4096 == 0;

    private static int Fit(int panels, int bytes, nint panelBytes)
    {
        var most = (int)Math.Max(1, bytes / panelBytes);
        var blocks = (panels + most - 1) / most;
        return (panels + blocks - 1) / blocks;
    }

    private static int Parts(int panels, int bytes, nint panelBytes)
    {
        var most = (int)Math.Max(1, bytes / panelBytes);
        return (panels + most - 1) / most;
    }
}
