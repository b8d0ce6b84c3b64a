namespace Nabla.Kernels.Cpu;

/// <summary>
/// How a channels-last transposed convolution runs: bands of rows of the source, whose targets of
/// all phases read one copy, and panels of output channels. A pixel's sums are the same however it
/// is cut.
/// </summary>
internal readonly unsafe struct NhwcTransposedPlan
{
    /// <summary>Chunks to aim at: enough for some threads to end together.</summary>
    private const int LeastChunks = 16;

    /// <summary>Bytes of a band's source: what a core's second-level cache holds beside a panel
    /// of weights.</summary>
    private const int BandBytes = 256 << 10;

    /// <summary>Bytes of weights that stay in a second-level cache from band to band.</summary>
    private const int WeightBytes = 512 << 10;

    /// <summary>Pixels of a phase that should share a panel of weights.</summary>
    private const int MinPixels = 28;

    /// <param name="s">The sizes of the convolution that it transposes.</param>
    /// <param name="rows">The phases of rows.</param>
    /// <param name="columns">The phases of columns.</param>
    /// <param name="panels">Panels of output channels.</param>
    /// <param name="panelSize">Numbers of a panel's weights, of all phases.</param>
    public NhwcTransposedPlan(
        in Conv2dShape s, NhwcPhase* rows, NhwcPhase* columns, int panels, nint panelSize)
    {
        Rows = new NhwcSpan(rows, s.StrideH);
        Columns = new NhwcSpan(columns, s.StrideW);

        // Pixels a multiple of 4 KiB apart would all share one set of the first-level cache.
        var aliases = s.K % 1024 == 0;
        Copies = aliases || Rows.First < 0 || Rows.Last >= s.OutH
            || Columns.First < 0 || Columns.Last >= s.OutW;
        Pitch = aliases ? s.K + 16 : s.K;
        SourceColumns = Copies ? Columns.Sources(Columns.Targets) : s.OutW;

        var chunks = WorkerTeam.Wanted(LeastChunks);
        var band = (int)Math.Clamp(
            BandBytes / Math.Max(1, (nint)SourceColumns * Pitch * sizeof(float)), 1, Rows.Targets);
        var wanted = (chunks + s.N - 1) / s.N;
        var least = Math.Max(1, MinPixels / Math.Max(1, Columns.Targets));
        band = Math.Min(band, Math.Max(least, (Rows.Targets + wanted - 1) / wanted));
        ImageBands = (Rows.Targets + band - 1) / band;
        BandRows = (Rows.Targets + ImageBands - 1) / ImageBands;
        BandRows += Columns.Targets == NhwcTiles.Half ? BandRows & 1 : 0;
        ImageBands = (Rows.Targets + BandRows - 1) / BandRows;
        Bands = s.N * ImageBands;

        // Many bands by few weights at a time, not the other way round.
        var weights = Bands > 1 ? panels * panelSize * sizeof(float) / WeightBytes : 1;
        var blocks = Math.Max(weights, (chunks + Bands - 1) / Bands);
        PanelBlocks = (int)Math.Clamp(blocks, 1, panels);
    }

    /// <summary>What targets read of the source's rows.</summary>
    public NhwcSpan Rows { get; }

    /// <summary>What targets read of the source's columns.</summary>
    public NhwcSpan Columns { get; }

    /// <summary>Whether bands are copied first, to pad them or to move pixels apart.</summary>
    public bool Copies { get; }

    /// <summary>Numbers from one pixel of the source to the next.</summary>
    public int Pitch { get; }

    /// <summary>Pixels from one row of the source to the next.</summary>
    public int SourceColumns { get; }

    /// <summary>Numbers from one row of the source to the next.</summary>
    public nint SourceRow => SourceColumns * (nint)Pitch;

    /// <summary>Rows that a band has of each phase.</summary>
    public int BandRows { get; }

    /// <summary>Bands of an image.</summary>
    public int ImageBands { get; }

    /// <summary>Bands of all images.</summary>
    public int Bands { get; }

    /// <summary>Parts that the panels are cut into, for chunks of their own.</summary>
    public int PanelBlocks { get; }

    /// <summary>Bands by parts of the panels.</summary>
    public int Chunks => Bands * PanelBlocks;

    /// <summary>Whether several chunks read a band's copy, so that it is made before them.
    /// </summary>
    public bool SharesCopies => Copies && PanelBlocks > 1;

    /// <summary>Numbers of a band's copy.</summary>
    public nint CopySize => Copies ? Rows.Sources(BandRows) * SourceRow : 0;
}
