namespace Nabla.Kernels.Cpu;

/// <summary>How <see cref="ConvPool{V}"/> and its gradient cut their work.</summary>
internal readonly struct ConvPoolPlan
{
    /// <summary>Bytes of a band of a tile's channels, so that it stays in the first-level cache.
    /// </summary>
    private const int BandBytes = 24 * 1024;

    private const int MaxChunks = 32;

    private readonly int _lanes;

    private ConvPoolPlan(in ConvPoolShape shape, int lanes)
    {
        Shape = shape;
        Conv = ConvPlan.Forward(shape.Conv);
        _lanes = lanes;
        Units = (shape.Conv.N + lanes - 1) / lanes;
        Chunks = Math.Min(Units, MaxChunks);
    }

    public ConvPoolShape Shape { get; }

    public ConvPlan Conv { get; }

    /// <summary>Groups of images, one a lane.</summary>
    public int Units { get; }

    public int Chunks { get; }

    /// <summary>Numbers that a channel of a unit takes before the pooling.</summary>
    public nint ChannelRoom => (Conv.TargetSize + ConvTiles.MaxOverrun) * (nint)_lanes;

    public long ValueCount => (long)Units * Conv.Rows * ChannelRoom;

    public static ConvPoolPlan Of(in ConvPoolShape shape, int lanes) => new(in shape, lanes);

    /// <summary>The units of a chunk.</summary>
    public (int First, int End) UnitsOf(int chunk) => (
        (int)((long)Units * chunk / Chunks), (int)((long)Units * (chunk + 1) / Chunks));

    /// <summary>Images of a unit that are there.</summary>
    public int ImagesOf(int unit) => Math.Min(_lanes, Shape.Conv.N - (unit * _lanes));

    /// <summary>Rows of so many channels that are computed before anything else happens to them: a
    /// multiple of <paramref name="multiple"/>.</summary>
    public int BandRows(int channels, int width, int multiple) => multiple
        * Math.Max(1, BandBytes / (channels * multiple * width * _lanes * sizeof(float)));
}
