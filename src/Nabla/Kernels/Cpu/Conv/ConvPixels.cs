namespace Nabla.Kernels.Cpu;

/// <summary>
/// The pixels of a source that some target reads, and copies of them with lanes innermost:
/// channels, or images.
/// </summary>
internal readonly unsafe struct ConvPixels
{
    private readonly ConvReads _h;
    private readonly ConvReads _w;

    /// <summary>Writes the tables into memory that stays the caller's.</summary>
    public ConvPixels(in ConvPlan plan, int* memory)
    {
        _h = new ConvReads(plan.H, memory);
        _w = new ConvReads(plan.W, memory + ConvReads.Room(plan.H));
        Total = plan.SourceSize;
        Count = _h.Count * _w.Count;
    }

    private ConvPixels(int count) => (Total, Count) = (count, count);

    /// <summary>Pixels of a plane.</summary>
    public int Total { get; }

    /// <summary>How many of them are read.</summary>
    public int Count { get; }

    /// <summary>All pixels of a plane, whoever reads them.</summary>
    public static ConvPixels All(int count) => new(count);

    /// <summary>How many numbers the tables take.</summary>
    public static nint Room(in ConvPlan plan) => ConvReads.Room(plan.H) + ConvReads.Room(plan.W);

    /// <summary>The number of the pixel that a target's tap reads, or −1.</summary>
    public int Slot(int row, int column, int r, int s)
    {
        var (h, w) = (_h.Slot(row, r), _w.Slot(column, s));
        return h < 0 || w < 0 ? -1 : (h * _w.Count) + w;
    }

    /// <summary>target[pixel][lane] = source[lane][pixel].</summary>
    /// <param name="source">A plane (H, W).</param>
    /// <param name="sourceLane">From one plane to the next.</param>
    /// <param name="lanes">How many planes.</param>
    /// <param name="target">Where pixel 0 goes.</param>
    /// <param name="targetPixel">From one pixel to the next.</param>
    public void Pack<V>(
        float* source, nint sourceLane, int lanes, float* target, nint targetPixel)
        where V : unmanaged, IConvVector<V>
    {
        if (Count == Total)
        {
            ConvPixelTranspose.Run<V>(source, sourceLane, lanes, Count, target, targetPixel);
            return;
        }

        using var lease = Scratch.Rent<float>(_w.Total * (nint)lanes);
        var line = (float*)lease.Pointer;
        for (var row = 0; row < _h.Count; row++)
        {
            ConvPixelTranspose.Run<V>(
                source + (_h.Source(row) * (nint)_w.Total), sourceLane, lanes, _w.Total, line,
                lanes);
            for (var column = 0; column < _w.Count; column++, target += targetPixel)
            {
                ConvPlanes.Copy(line + (_w.Source(column) * (nint)lanes), target, lanes);
            }
        }
    }
}
