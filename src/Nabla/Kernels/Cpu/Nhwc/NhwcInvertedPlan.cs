namespace Nabla.Kernels.Cpu;

/// <summary>
/// How an inverted residual runs: in one phase, a chunk taking a band of rows through all three
/// layers, or, where rows are too few for that, in two, chunks of panels of the wide channels
/// before the product that narrows them. A pure function of sizes and register width.
/// </summary>
internal readonly struct NhwcInvertedPlan
{
    /// <summary>Bytes of a band's wide pixels: about half of a second-level cache.</summary>
    private const long BandBytes = 480 << 10;

    /// <summary>Bands from which one phase keeps some threads at work.</summary>
    private const int MinBands = 4;

    /// <summary>Times that the rows which bands share may be computed more than once, in
    /// hundredths of all rows.</summary>
    private const int MaxShared = 15;

    /// <summary>Chunks to aim at in two phases.</summary>
    private const int WantedChunks = 16;

    /// <param name="s">The depthwise layer.</param>
    /// <param name="panels">Panels of its channels.</param>
    public NhwcInvertedPlan(in Conv2dShape s, int panels)
    {
        var (rows, row) = (s.OutH, 4L * s.OutW * s.C);
        var most = (int)Math.Clamp(BandBytes / row, 1, rows);
        var bands = (rows + most - 1) / most;
        if (s.N * bands < MinBands)
        {
            bands = Math.Min(rows, (MinBands + s.N - 1) / s.N);
        }

        BandRows = (rows + bands - 1) / bands;
        Bands = (rows + BandRows - 1) / BandRows;
        var shared = Math.Max(0, 3 - s.StrideH) * (Bands - 1);
        IsOnePhase = s.N * Bands >= MinBands
            && shared * 100L <= MaxShared * (long)rows * s.StrideH;
        if (IsOnePhase)
        {
            Chunks = s.N * Bands;
            return;
        }

        var chunks = s.N * panels;
        bands = Math.Clamp((WantedChunks / 2 + chunks - 1) / chunks, 1, Math.Max(1, rows / 14));
        BandRows = (rows + bands - 1) / bands;
        Bands = (rows + BandRows - 1) / BandRows;
        Chunks = chunks * Bands;
    }

    public bool IsOnePhase { get; }

    /// <summary>Rows of the output that a chunk takes at most.</summary>
    public int BandRows { get; }

    /// <summary>Bands of an image.</summary>
    public int Bands { get; }

    /// <summary>Chunks of the first phase.</summary>
    public int Chunks { get; }
}
