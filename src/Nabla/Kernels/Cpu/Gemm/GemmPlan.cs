namespace Nabla.Kernels.Cpu;

/// <summary>
/// How a product is cut into chunks, blocks and tiles. Blocks and tiles are a pure function of
/// sizes and strides, so that the order of additions, and with it every bit of C, is the same on
/// any number of threads.
/// </summary>
internal readonly struct GemmPlan
{
    /// <summary>Length of a block along k: a panel of B and a tile's rows of A pass through L1, and
    /// C is read and written once a block.</summary>
    public const int MaxBlockK = 512;

    /// <summary>Bytes of B packed at a time for all chunks: they stay in L3.</summary>
    private const int MaxSharedB = 3 << 20;

    /// <summary>Bytes of a B that outgrows the caches, so that reading it in place costs more than
    /// packing it once.</summary>
    private const int LargeB = 8 << 20;

    /// <summary>Rows of C from which it pays to pack such a B.</summary>
    private const int WorthSharing = 512;

    /// <summary>Rows of C from which it pays to pack a B whose rows share cache sets, where tiles
    /// are low: these have little to do with a row of B while the next one comes from L3.</summary>
    private const int WorthSharingLow = 16;

    /// <summary>Bytes of a C that stays in L3 from one block of k to the next.</summary>
    private const int MaxStaged = 8 << 20;

    /// <summary>Length of k up to which the way to a C beyond the caches takes longer than its
    /// multiplications.</summary>
    public const int MaxFlatK = 32;

    /// <summary>The same for a parameter's step, which reads and writes more.</summary>
    public const int MaxFlatUpdateK = 64;

    /// <summary>Length of the first stage along k, whose rows nobody has asked for.</summary>
    private const int FirstStage = 128;

    /// <summary>Bytes of a block of A, or of C, in a chunk: they stay in one core's L2.</summary>
    private const int MaxChunk = 256 << 10;

    /// <summary>Multiply-adds that are worth a chunk of their own.</summary>
    private const int MinChunkWork = 1 << 18;

    /// <summary>Chunks to aim at: enough to keep a few threads equally busy, and no more, for
    /// neighbours read the same operands. Many threads ask for more.</summary>
    private const int WantedChunks = 16;

    /// <summary>The same where all threads meet after each block of a packed B: they wait for the
    /// last chunk each time.</summary>
    private const int StagesWantedChunks = 64;

    /// <summary>Tiles that a chunk's panel of B should meet, to be worth its way through L1.
    /// </summary>
    private const int WorthyTiles = 8;

    /// <summary>Panels of B that a chunk's packed A should meet, to be worth the packing where
    /// A's rows share cache sets. A core to itself is then no faster, but one whose caches somebody
    /// else uses, too, loses the rows that are read in place, and a third of its speed.</summary>
    private const int WorthyPanels = 8;

    /// <summary>Panels of B from which it pays for low tiles to turn an A round whose columns share
    /// a cache set: each line of it else comes from afar again for the next few rows.</summary>
    private const int WorthTurning = 4;

    /// <summary>Columns of a tile from which its registers turn an A round eight numbers at a time.
    /// </summary>
    private const int LeastTurned = 16;

    /// <summary>Panels that a chunk should keep where B is packed, too.</summary>
    private const int SharedPanels = 16;

    /// <summary>Tiles of packed A that a chunk keeps rather than columns: each part of the columns
    /// packs A again.</summary>
    private const int WorthySharingTiles = 2;

    /// <summary>Rows of a tile whose rows of A share a cache set: the ways of an L1, which would
    /// else lose each row before its next number is read. Low tiles have no more than half.
    /// </summary>
    private const int Ways = 12;

    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Length of the inner dimension.</param>
    /// <param name="aRow">Distance of A's rows.</param>
    /// <param name="aCol">Distance of A's columns.</param>
    /// <param name="bRow">Distance of B's rows.</param>
    /// <param name="bCol">Distance of B's columns.</param>
    /// <param name="tileRows">Rows of a tile at most.</param>
    /// <param name="tileColumns">Columns of a tile.</param>
    /// <param name="size">Bytes of a number.</param>
    /// <param name="prepacked">B was packed before.</param>
    /// <param name="least">Chunks to have at least where there is work for them: they share out
    /// the same tiles.</param>
    /// <param name="share">The chunks are a multiple of so many, where there are rows enough: a
    /// thread that has one more than the others has them wait.</param>
    /// <param name="flatK">Length of k up to which a large C is <see cref="IsFlat"/>.</param>
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
        bool prepacked = false,
        int least = 1,
        int share = 1,
        int flatK = MaxFlatK)
    {
        M = m;
        TileColumns = tileColumns;
        PanelsN = (n + tileColumns - 1) / tileColumns;
        var blocks = (k + MaxBlockK - 1) / MaxBlockK;
        BlockK = (k + blocks - 1) / blocks;
        StageK = k;
        BlockN = PanelsN;
        var isLow = tileRows <= Ways / 2;
        var turnsA = isLow && tileColumns >= LeastTurned && PanelsN >= WorthTurning
            && aRow == 1 && IsAligned(aCol, size);
        ColumnMajorA = aCol != 1 && aRow == 1 && !turnsA;
        LdaPacked = ((BlockK + 15) & -16) + 16;
        IsFlat = k <= flatK && (long)m * n * size > MaxStaged;
        SharesB = prepacked || bCol != 1 || IsFlat
            || (m >= WorthSharing && (long)n * k * size > LargeB)
            || (m >= WorthSharingLow && isLow && IsAligned(bRow, size));
        if (SharesB && !prepacked && (long)PanelsN * tileColumns * k * size > MaxSharedB)
        {
            StageK = BlockK;
            BlockN = Fit(PanelsN, MaxSharedB, (nint)BlockK * tileColumns * size);
        }

        IsStaged = !SharesB && ColumnMajorA && BlockK < k && (long)m * n * size <= MaxStaged;
        FirstK = StageK;
        if (IsStaged)
        {
            FirstK = FirstStage;
            blocks = (k - FirstK + MaxBlockK - 1) / MaxBlockK;
            StageK = BlockK = (k - FirstK + blocks - 1) / blocks;
        }

        ByRows = IsStaged && m > n;
        var work = (double)m * Math.Min((long)BlockN * tileColumns, n) * StageK;
        var wanted = SharesB && StageK < k ? StagesWantedChunks : WantedChunks;
        var chunks = (int)Math.Clamp(work / MinChunkWork, 1, wanted);
        var isAligned = !ColumnMajorA && !isLow && IsAligned(aRow, size);
        PanelsM = (m + tileRows - 1) / tileRows;
        (GridM, GridN) = Grid(chunks, tileRows, size, isAligned);
        PacksA = (aRow != 1 && aCol != 1) || turnsA
            || (isAligned && BlockN / GridN >= WorthyPanels);
        if (isAligned && !PacksA)
        {
            tileRows = Math.Min(tileRows, Ways);
            PanelsM = (m + tileRows - 1) / tileRows;
            (GridM, GridN) = Grid(chunks, tileRows, size, false);
        }

        least = (int)Math.Min(least, work / MinChunkWork);
        if (least > GridM * GridN)
        {
            (GridM, GridN) = Grid(least, tileRows, size, PacksA);
        }

        GridM = Shared(GridM, GridN, PanelsM, share);
        if (IsFlat)
        {
            (GridM, GridN) = (PanelsM, 1);
        }
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

    /// <summary>How much of k a chunk sees before all threads meet: whole blocks.</summary>
    public int StageK { get; }

    /// <summary>Panels of B that the chunks share out at a time.</summary>
    public int BlockN { get; }

    /// <summary>Chunks along C's rows.</summary>
    public int GridM { get; }

    /// <summary>Chunks along a block's columns.</summary>
    public int GridN { get; }

    /// <summary>All chunks go through the same block of k before any begins the next: where rows
    /// of both operands follow k, so the next block's rows can be asked for meanwhile.</summary>
    public bool IsStaged { get; }

    /// <summary>C is large and k short, so that memory sets the time: a chunk is a tile high and
    /// goes along the rows, as memory likes it.</summary>
    public bool IsFlat { get; }

    /// <summary>How much of k the first stage has.</summary>
    public int FirstK { get; }

    /// <summary>Chunks are counted along the columns, then along the rows; else the other way
    /// around. A thread has neighbouring chunks: it then reads its part of the longer operand, and
    /// all of the shorter one.</summary>
    public bool ByRows { get; }

    /// <summary>Chunks of a block of columns.</summary>
    public int Chunks => GridM * GridN;

    /// <summary>A chunk packs its block of A for itself.</summary>
    public bool PacksA { get; }

    /// <summary>The tiles read B from panels that were packed for all chunks. Where they are not,
    /// B's rows are contiguous and the tiles read them in place.</summary>
    public bool SharesB { get; }

    /// <summary>A's columns, not its rows, are contiguous, and the tiles read them in place.
    /// </summary>
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

    /// <summary>At least so many parts of the rows that all parts are a multiple of
    /// <paramref name="share"/>; as they were where that would take twice as many.</summary>
    private static int Shared(int rows, int columns, int most, int share)
    {
        var parts = rows;
        while (parts > 1 && parts * columns % share != 0)
        {
            parts++;
        }

        return parts <= Math.Min(most, 2 * rows) ? parts : rows;
    }

    private static int Fit(int panels, int bytes, nint panelBytes)
    {
        var most = (int)Math.Max(1, bytes / panelBytes);
        var blocks = (panels + most - 1) / most;
        return (panels + blocks - 1) / blocks;
    }

    /// <summary>As few chunks as fit a core, then the longer side of each halved until there are
    /// as many as wanted; or rather its rows where each <paramref name="packs"/> its A, for parts
    /// of the columns would pack it again.</summary>
    private (int GridM, int GridN) Grid(int wanted, int tileRows, int size, bool packs)
    {
        var mostTiles = (int)Math.Max(1, MaxChunk / ((nint)BlockK * tileRows * size));
        var mostPanels = (int)Math.Max(
            1, MaxChunk / ((nint)WorthyTiles * tileRows * TileColumns * size));
        var gridM = (PanelsM + mostTiles - 1) / mostTiles;
        var gridN = BlockK == StageK ? 1 : (BlockN + mostPanels - 1) / mostPanels;
        while (gridM * gridN < wanted)
        {
            var tiles = (PanelsM + gridM - 1) / gridM;
            var panels = (BlockN + gridN - 1) / gridN;
            if (tiles == 1 && panels == 1)
            {
                break;
            }

            var byColumns = !packs ? panels >= tiles
                : tiles <= WorthySharingTiles || (SharesB && panels >= 2 * SharedPanels);
            if (panels > 1 && byColumns)
            {
                gridN = Math.Min(2 * gridN, BlockN);
            }
            else
            {
                gridM = Math.Min(2 * gridM, PanelsM);
            }
        }

        return (gridM, gridN);
    }
}
