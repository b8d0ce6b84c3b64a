namespace Nabla.Kernels.Cpu;

/// <summary>
/// How a channels-last convolution runs: rows of output pixels, bands of rows that share what they
/// read, and panels of output channels. A pixel's sums are the same however it is cut.
/// </summary>
internal readonly struct NhwcPlan
{
    /// <summary>Pixels of a row where all pixels form one run: four large tiles.</summary>
    private const int FlatRow = 56;

    /// <summary>Chunks to aim at: enough for some threads to end together.</summary>
    private const int LeastChunks = 16;

    /// <summary>Bytes of a band's source: what a core's second-level cache holds beside a panel
    /// of weights.</summary>
    private const int BandBytes = 256 << 10;

    /// <summary>Pixels that should share a panel of weights.</summary>
    private const int MinPixels = 28;

    private readonly Conv2dShape _s;

    public NhwcPlan(in Conv2dShape s, bool fromChannelsFirst, int panels)
    {
        var chunks = WorkerTeam.Wanted(LeastChunks);
        _s = s;
        IsFlat = s is { R: 1, S: 1, PadH: 0, PadW: 0 } && !fromChannelsFirst;
        IsStrided = s.StrideH > 1 || s.StrideW > 1;
        Pixels = s.N * (long)s.OutH * s.OutW;
        RowLength = IsFlat ? FlatRow : s.OutW;
        Images = IsFlat ? 1 : s.N;
        ImageRows = IsFlat ? (int)((Pixels + FlatRow - 1) / FlatRow) : s.OutH;

        // Pixels a multiple of 4 KiB apart would all share one set of the first-level cache.
        var aliases = (IsFlat ? 1 : (nint)s.StrideW) * s.C % 1024 == 0;
        Copies = s.PadH > 0 || s.PadW > 0 || fromChannelsFirst || aliases
            || (IsFlat && IsStrided);
        Pitch = aliases ? s.C + 16 : s.C;
        SourceStep = IsFlat ? Pitch : (nint)s.StrideW * Pitch;
        SourceColumns = !Copies || IsFlat ? s.W
            : ((s.OutW - 1) * s.StrideW) + ((s.S - 1) * s.DilationW) + 1;

        var rowBytes = (nint)(IsFlat ? RowLength : s.StrideH * SourceColumns) * Pitch * 4;
        var rows = (int)Math.Clamp(BandBytes / rowBytes, 1, ImageRows);
        var wanted = (chunks + Images - 1) / Images;
        var least = Math.Max(1, MinPixels / RowLength);
        rows = Math.Min(rows, Math.Max(least, (ImageRows + wanted - 1) / wanted));
        ImageBands = (ImageRows + rows - 1) / rows;
        BandRows = (ImageRows + ImageBands - 1) / ImageBands;
        BandRows += RowLength == NhwcTiles.Half ? BandRows & 1 : 0;
        ImageBands = (ImageRows + BandRows - 1) / BandRows;
        var bands = Images * ImageBands;
        PanelBlocks = Math.Clamp((chunks + bands - 1) / bands, 1, panels);
    }

    /// <summary>All pixels, of all images, form one run in source and target.</summary>
    public bool IsFlat { get; }

    /// <summary>Pixels of the source are left out.</summary>
    public bool IsStrided { get; }

    /// <summary>Output pixels.</summary>
    public long Pixels { get; }

    /// <summary>Output pixels of a row, but for a shorter last one.</summary>
    public int RowLength { get; }

    public int Images { get; }

    public int ImageRows { get; }

    /// <summary>Whether bands are copied first, to pad them or to move pixels apart.</summary>
    public bool Copies { get; }

    /// <summary>Numbers from one pixel of the source to the next.</summary>
    public int Pitch { get; }

    /// <summary>Numbers from one output's source to the next one's.</summary>
    public nint SourceStep { get; }

    /// <summary>Pixels from one row of the source to the next.</summary>
    public int SourceColumns { get; }

    public int BandRows { get; }

    public int ImageBands { get; }

    /// <summary>Parts that the panels are cut into, for chunks of their own.</summary>
    public int PanelBlocks { get; }

    public int Chunks => Images * ImageBands * PanelBlocks;

    /// <summary>Whether several chunks read a band's copy, so that it is made before them.
    /// </summary>
    public bool SharesCopies => Copies && PanelBlocks > 1;

    /// <summary>Rows of the source that so many rows of the target read.</summary>
    public int SourceRows(int rows) => IsFlat
        ? rows
        : ((rows - 1) * _s.StrideH) + ((_s.R - 1) * _s.DilationH) + 1;

    /// <summary>Numbers of a band's copy.</summary>
    public nint CopySize => !Copies ? 0
        : SourceRows(BandRows) * (nint)(IsFlat ? RowLength : SourceColumns) * Pitch;

    /// <summary>Whether the taps of a kernel's row lie side by side.</summary>
    public bool JoinsColumns => _s.DilationW == 1 && _s.Groups == 1 && Pitch == _s.C;

    /// <summary>Runs of taps that lie side by side.</summary>
    public int RunCount => JoinsColumns ? _s.R : _s.R * _s.S;

    /// <summary>Taps of a run.</summary>
    public nint RunLength => JoinsColumns ? (nint)_s.S * _s.C : _s.C / _s.Groups;

    /// <summary>Writes the runs for panels of so many channels.</summary>
    public unsafe void WriteRuns(int panel, NhwcRun* runs)
    {
        nint weights = 0;
        for (var r = 0; r < _s.R; r++)
        {
            for (var c = 0; c < (JoinsColumns ? 1 : _s.S); c++)
            {
                var row = r * _s.DilationH * (nint)SourceColumns;
                *runs++ = new((row + (c * _s.DilationW)) * Pitch, weights, RunLength);
                weights += RunLength * panel;
            }
        }
    }
}
