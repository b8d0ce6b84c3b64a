namespace Nabla.Kernels.Cpu;

/// <summary>
/// Packs a source (N, C, H, W) as [unit][channel][pixel][image]: units of about as many images
/// each, zeros for those that a unit lacks, and only the pixels that are read.
/// </summary>
internal unsafe struct ConvBatchPlanes<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    private const int ChannelsPerChunk = 8;

    /// <summary>Numbers in the 4 KiB that share the sets of a first-level cache.</summary>
    private const int Alias = 1024;

    private ConvPixels _pixels;
    private int _images;
    private int _channels;
    private float* _source;

    /// <summary>How many units the images are cut into.</summary>
    public int Units { get; private set; }

    /// <summary>Images of the largest unit.</summary>
    public int ImagesPerUnit { get; private set; }

    /// <summary>Numbers from one channel to the next.</summary>
    public nint ChannelStep { get; private set; }

    /// <summary>Where the packed numbers go.</summary>
    public float* Packed { get; set; }

    public readonly int Chunks => Units * Blocks;

    /// <summary>Numbers of all units.</summary>
    public readonly nint Size => Units * _channels * ChannelStep;

    private readonly int Blocks => (_channels + ChannelsPerChunk - 1) / ChannelsPerChunk;

    /// <summary>Chooses units of at most so many images; <see cref="Packed"/> is still to be set.
    /// </summary>
    public static ConvBatchPlanes<V> Of(
        in ConvPixels pixels, int images, int maxImages, int channels, float* source)
    {
        var units = (images + maxImages - 1) / maxImages;
        var perUnit = (images + units - 1) / units;
        var step = pixels.Count * (nint)perUnit;
        return new()
        {
            _pixels = pixels,
            _images = images,
            _channels = channels,
            _source = source,
            Units = units,
            ImagesPerUnit = perUnit,
            // Tiles read the same pixel of some channels.
            ChannelStep = step % Alias == 0 ? step + 16 : step,
        };
    }

    /// <summary>Where a channel of a unit begins.</summary>
    public readonly float* Channel(int unit, int channel) =>
        Packed + (((unit * (nint)_channels) + channel) * ChannelStep);

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var (unit, block) = (chunk / Blocks, chunk % Blocks);
        var first = (int)((long)_images * unit / Units);
        var images = (int)((long)_images * (unit + 1) / Units) - first;
        var end = Math.Min((block + 1) * ChannelsPerChunk, _channels);
        for (var c = block * ChannelsPerChunk; c < end; c++)
        {
            var target = Channel(unit, c);
            if (images < ImagesPerUnit)
            {
                new Span<float>(target, checked((int)ChannelStep)).Clear();
            }

            var source = _source + (((first * (nint)_channels) + c) * _pixels.Total);
            ConvFetch.Rows(source, _channels * (nint)_pixels.Total, images, _pixels.Total);
            _pixels.Pack<V>(source, _channels * (nint)_pixels.Total, images, target, ImagesPerUnit);
        }
    }
}
