namespace Nabla.Kernels.Cpu;

/// <summary>Images First … First + Count − 1.</summary>
internal readonly record struct ConvBatchImages(int First, int Count);

/// <summary>
/// Packs a source (N, C, H, W) as [unit][panel][pixel][image][channel]: units of about as many
/// images each, panels of channels, and only the pixels that are read.
/// </summary>
internal unsafe struct ConvBatchSource<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    private ConvPixels _pixels;
    private int _images;
    private int _channels;
    private float* _source;

    /// <summary>How many units the images are cut into.</summary>
    public int Units { get; private set; }

    /// <summary>Images of the largest unit.</summary>
    public int ImagesPerUnit { get; private set; }

    /// <summary>Panels of channels.</summary>
    public readonly int Panels => (_channels + ConvBatch<V>.Panel - 1) / ConvBatch<V>.Panel;

    /// <summary>Where the packed numbers go.</summary>
    public float* Packed { get; set; }

    /// <summary>Whether zeros stand for the images that a unit lacks; else nothing does.</summary>
    public bool FillsUnits { get; private init; }

    public readonly int Chunks => Units * Panels;

    /// <summary>Numbers of a unit.</summary>
    public readonly nint UnitSize => Panels * PanelSize;

    /// <summary>Numbers of all units.</summary>
    public readonly nint Size => Units * UnitSize;

    /// <summary>Numbers from one pixel to the next.</summary>
    public readonly nint PixelStep => ImagesPerUnit * ConvBatch<V>.Panel;

    private readonly nint PanelSize => _pixels.Count * PixelStep;

    /// <summary>Chooses units of at most so many images; <see cref="Packed"/> is still to be set.
    /// </summary>
    public static ConvBatchSource<V> Of(
        in ConvPixels pixels,
        int images,
        int maxImages,
        int channels,
        float* source,
        bool fillsUnits = false)
    {
        var units = (images + maxImages - 1) / maxImages;
        return new()
        {
            _pixels = pixels,
            _images = images,
            _channels = channels,
            _source = source,
            FillsUnits = fillsUnits,
            Units = units,
            ImagesPerUnit = (images + units - 1) / units,
        };
    }

    /// <summary>The images of a unit.</summary>
    public readonly ConvBatchImages ImagesOf(int unit)
    {
        var first = (int)((long)_images * unit / Units);
        return new(first, (int)((long)_images * (unit + 1) / Units) - first);
    }

    /// <summary>Where a unit begins.</summary>
    public readonly float* Unit(int unit) => Packed + (unit * UnitSize);

    /// <summary>Where a panel's pixel begins in a unit.</summary>
    public readonly nint Offset(int panel, int slot) => (panel * PanelSize) + (slot * PixelStep);

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var (unit, panel) = (chunk / Panels, chunk % Panels);
        var first = panel * ConvBatch<V>.Panel;
        var channels = Math.Min(ConvBatch<V>.Panel, _channels - first);
        var images = ImagesOf(unit);
        var target = Unit(unit) + Offset(panel, 0);
        for (var n = 0; n < images.Count; n++, target += ConvBatch<V>.Panel)
        {
            var channel = ((images.First + n) * (nint)_channels) + first;
            var source = _source + (channel * _pixels.Total);
            ConvFetch.Rows(source, 0, 1, channels * (nint)_pixels.Total);
            _pixels.Pack<V>(source, _pixels.Total, channels, target, PixelStep);
        }

        var lacking = (ImagesPerUnit - images.Count) * ConvBatch<V>.Panel;
        for (var i = 0; FillsUnits && lacking > 0 && i < _pixels.Count; i++, target += PixelStep)
        {
            new Span<float>(target, lacking).Clear();
        }
    }
}
