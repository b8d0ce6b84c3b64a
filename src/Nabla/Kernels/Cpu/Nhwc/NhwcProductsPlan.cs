namespace Nabla.Kernels.Cpu;

/// <summary>
/// How a channels-last transposed convolution by products runs: blocks of output channels by bands
/// of output rows, or by groups of images where these are small. Neighbouring bands multiply what
/// both read each for itself.
/// </summary>
internal readonly struct NhwcProductsPlan
{
    /// <summary>Chunks to aim at: enough for some threads to end together.</summary>
    private const int LeastChunks = 16;

    /// <summary>Bytes of products that stay in a second-level cache.</summary>
    private const int ProductBytes = 256 << 10;

    /// <summary>Pixels that should share a panel of weights.</summary>
    private const int MinPixels = 28;

    /// <summary>Rows of a band for each row that its neighbour multiplies, too.</summary>
    private const int MinRows = 6;

    private readonly Conv2dShape _s;
    private readonly int _bandRows;
    private readonly int _bands;
    private readonly int _images;

    /// <param name="s">The sizes of the convolution that it transposes.</param>
    /// <param name="width">Output channels of a block.</param>
    public NhwcProductsPlan(in Conv2dShape s, int width)
    {
        _s = s;
        var blocks = (s.C + width - 1) / width;
        var wanted = Math.Max(1, WorkerTeam.Wanted(LeastChunks) / blocks);
        var rowBytes = (long)s.OutW * s.R * s.S * Math.Min(width, s.C) * sizeof(float);
        var shared = (((s.R - 1) * s.DilationH) + s.StrideH - 1) / s.StrideH;
        var most = (int)Math.Clamp((ProductBytes / rowBytes) - shared, 1, s.OutH);
        var least = Math.Max(MinRows * shared, (MinPixels + s.OutW - 1) / s.OutW);
        var rows = (s.OutH * s.N + wanted - 1) / wanted;
        rows = Math.Min(Math.Max(rows, least), Math.Max(most, Math.Min(least, s.OutH)));
        rows = Math.Clamp(rows, 1, Math.Max(1, s.OutH));
        _bands = (s.H + (rows * s.StrideH) - 1) / (rows * s.StrideH);
        _bandRows = (((s.H + _bands - 1) / _bands) + s.StrideH - 1) / s.StrideH * s.StrideH;
        _bands = (s.H + _bandRows - 1) / _bandRows;
        _images = 1;
        if (_bands == 1)
        {
            var pixels = (long)s.OutH * s.OutW;
            var group = Math.Max(
                Math.Min((s.N + wanted - 1) / wanted, ProductBytes / (rowBytes * s.OutH)),
                (MinPixels + pixels - 1) / pixels);
            _images = (int)Math.Clamp(group, 1, s.N);
        }

        Groups = (s.N + _images - 1) / _images * _bands;
        Chunks = Groups * blocks;
        Pixels = 0;
        for (var band = 0; band < _bands; band++)
        {
            var (top, bottom) = Sources(band * _bandRows, Math.Min(s.H, (band + 1) * _bandRows));
            Pixels = Math.Max(Pixels, (bottom - top) * (nint)s.OutW * _images);
        }
    }

    /// <summary>Bands, of an image or of some.</summary>
    public int Groups { get; }

    /// <summary>Bands by blocks of output channels.</summary>
    public int Chunks { get; }

    /// <summary>Pixels of the source that a band reads at most.</summary>
    public nint Pixels { get; }

    /// <summary>The images of a band.</summary>
    public (int First, int End) Images(int group)
    {
        var first = group / _bands * _images;
        return (first, Math.Min(_s.N, first + _images));
    }

    /// <summary>The rows of targets of a band.</summary>
    public (int First, int End) Rows(int group)
    {
        var first = group % _bands * _bandRows;
        return (first, Math.Min(_s.H, first + _bandRows));
    }

    /// <summary>The rows of the source that rows of targets read, and more of a whole image.
    /// </summary>
    public (int First, int End) Sources(int first, int end)
    {
        if (_bands == 1)
        {
            // Whole images, which lie side by side.
            return (0, _s.OutH);
        }

        var reach = (_s.R - 1) * _s.DilationH;
        var top = Math.Max(0, (first + _s.PadH - reach + _s.StrideH - 1) / _s.StrideH);
        var bottom = Math.Min(_s.OutH, ((end - 1 + _s.PadH) / _s.StrideH) + 1);
        return (Math.Min(top, bottom), bottom);
    }
}
