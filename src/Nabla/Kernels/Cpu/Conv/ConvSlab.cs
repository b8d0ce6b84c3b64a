using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Padded images with their channels innermost, [image][phase][row][column][channel]: as many
/// whole images, or as many rows of one, as fit a budget.
/// </summary>
internal unsafe struct ConvSlab
{
    private const nint Unused = -1;
    private const int MaxLanes = 16;

    private ConvPlan _plan;
    private int _images;
    private int _imagesPerUnit;
    private int _rowsPerUnit;
    private int _bands;
    private nint* _columnOffsets;

    /// <summary>Where each of the unit's targets starts reading; a tap adds its offset.</summary>
    public nint* PixelOffsets { get; private set; }

    /// <summary>Channels of a pixel, rounded up to full registers.</summary>
    public int Pitch { get; private set; }

    /// <summary>How many slabs all images take.</summary>
    public readonly int Units => (_images + _imagesPerUnit - 1) / _imagesPerUnit * _bands;

    /// <summary>Targets of a full slab.</summary>
    public readonly nint Pixels => _imagesPerUnit * (nint)_rowsPerUnit * _plan.W.Target;

    /// <summary>Numbers in a slab, with room for a tile that reads further.</summary>
    public readonly nint Size => (_imagesPerUnit * ImageSize) + (ConvTiles.MaxOverrun * MaxLanes);

    public readonly nint TableSize => _plan.W.Source + Pixels;

    /// <summary>Rows of a phase that the slab's targets read.</summary>
    private readonly int PlaneRows => _rowsPerUnit + _plan.H.Plane - _plan.H.Target;

    private readonly nint PhaseSize => PlaneRows * (nint)_plan.W.Plane * Pitch;

    private readonly nint ImageSize => _plan.SourcePhases * PhaseSize;

    /// <summary>Chooses slabs of at most so many bytes and images.</summary>
    public static ConvSlab Choose<V>(in ConvPlan plan, int images, nint bytes, int maxImages)
        where V : unmanaged, IConvVector<V>
    {
        var slab = new ConvSlab
        {
            _plan = plan,
            _images = images,
            _imagesPerUnit = 1,
            _rowsPerUnit = plan.H.Target,
            _bands = 1,
            Pitch = (plan.Channels + V.Count - 1) / V.Count * V.Count,
        };
        var imageBytes = slab.ImageSize * sizeof(float);
        if (imageBytes <= bytes)
        {
            slab._imagesPerUnit = (int)Math.Clamp(bytes / imageBytes, 1, maxImages);
            return slab;
        }

        var rowBytes = imageBytes / plan.H.Plane;
        var extra = plan.H.Plane - plan.H.Target;
        var rows = (int)Math.Clamp((bytes / rowBytes) - extra, 1, plan.H.Target);
        slab._bands = (plan.H.Target + rows - 1) / rows;
        slab._rowsPerUnit = (plan.H.Target + slab._bands - 1) / slab._bands;
        slab._bands = (plan.H.Target + slab._rowsPerUnit - 1) / slab._rowsPerUnit;
        return slab;
    }

    /// <summary>Fills tables of <see cref="TableSize"/> entries.</summary>
    public void WriteTables(nint* tables)
    {
        _columnOffsets = tables;
        PixelOffsets = _columnOffsets + _plan.W.Source;
        for (var w = 0; w < _plan.W.Source; w++)
        {
            var (phase, index) = _plan.W.Locate(w);
            _columnOffsets[w] = index < _plan.W.Plane
                ? (phase * PhaseSize) + (index * (nint)Pitch)
                : Unused;
        }

        var pixel = PixelOffsets;
        for (var image = 0; image < _imagesPerUnit; image++)
        {
            for (var i = 0; i < _rowsPerUnit; i++)
            {
                for (var j = 0; j < _plan.W.Target; j++)
                {
                    *pixel++ = (image * ImageSize) + (((i * (nint)_plan.W.Plane) + j) * Pitch);
                }
            }
        }
    }

    public readonly nint TapOffset(int r, int s)
    {
        var phase = (_plan.H.Phase(r) * _plan.W.SourceStep) + _plan.W.Phase(s);
        var row = _plan.H.Shift(0, r) * (nint)_plan.W.Plane;
        return (phase * PhaseSize) + ((row + _plan.W.Shift(0, s)) * Pitch);
    }

    /// <summary>Which images and rows of targets a slab covers.</summary>
    public readonly ConvSlabPart Part(int unit)
    {
        var image = unit / _bands * _imagesPerUnit;
        var row = unit % _bands * _rowsPerUnit;
        var images = Math.Min(_imagesPerUnit, _images - image);
        var rows = Math.Min(_rowsPerUnit, _plan.H.Target - row);
        return new(image, images, row, rows, images * rows * _plan.W.Target);
    }

    /// <summary>Fills a cleared slab with the channels of a group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Pack<V>(in ConvSlabPart part, int group, float* source, float* slab)
        where V : unmanaged, IConvVector<V>
    {
        var size = (nint)_plan.SourceSize;
        source += ((part.Image * (nint)_plan.Groups) + group) * _plan.Channels * size;
        for (var image = 0; image < part.Images; image++)
        {
            for (var c = 0; c < _plan.Channels; c += V.Count)
            {
                var channels = Math.Min(V.Count, _plan.Channels - c);
                PackChannels<V>(part.Row, channels, source + (c * size), slab + c);
            }

            source += _plan.Groups * (nint)_plan.Channels * size;
            slab += ImageSize;
        }
    }

    /// <summary>Transposes blocks of pixels × channels, then deals the pixels out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void PackChannels<V>(int band, int channels, float* source, float* slab)
        where V : unmanaged, IConvVector<V>
    {
        var block = stackalloc float[MaxLanes * MaxLanes];
        var (first, end) = RowsOf(band);
        var (pixel, last) = (first * _plan.W.Source, end * _plan.W.Source);
        var (row, column) = (first, 0);
        var to = RowOffset(row, band);
        while (pixel < last)
        {
            var count = Math.Min(V.Count, last - pixel);
            if (channels == V.Count && pixel + V.Count <= _plan.SourceSize)
            {
                V.Transpose(source + pixel, _plan.SourceSize, block, V.Count);
            }
            else
            {
                TransposeSome<V>(source + pixel, channels, count, block);
            }

            for (var i = 0; i < count; i++)
            {
                if (to != Unused && _columnOffsets[column] != Unused)
                {
                    V.Store(V.Load(block + (i * V.Count)), slab + to + _columnOffsets[column]);
                }

                if (++column == _plan.W.Source)
                {
                    column = 0;
                    to = RowOffset(++row, band);
                }
            }

            pixel += count;
        }
    }

    private readonly void TransposeSome<V>(float* source, int channels, int count, float* block)
        where V : unmanaged, IConvVector<V>
    {
        new Span<float>(block, V.Count * V.Count).Clear();
        for (var c = 0; c < channels; c++)
        {
            for (var i = 0; i < count; i++)
            {
                block[(i * V.Count) + c] = source[(c * (nint)_plan.SourceSize) + i];
            }
        }
    }

    /// <summary>The source's rows that a band may read.</summary>
    private readonly (int First, int End) RowsOf(int band)
    {
        var first = Math.Max(0, _plan.H.SourceOf(0, band));
        var last = _plan.H.SourceOf(_plan.H.SourceStep - 1, band + PlaneRows - 1);
        return (first, Math.Clamp(last + 1, first, Math.Max(first, _plan.H.Source)));
    }

    /// <summary>Where a source row goes in the slab of a band, or nowhere.</summary>
    private readonly nint RowOffset(int row, int band)
    {
        var (phase, index) = _plan.H.Locate(row);
        return index < band || index >= band + PlaneRows
            ? Unused
            : (phase * _plan.W.SourceStep * PhaseSize)
                + ((index - band) * (nint)_plan.W.Plane * Pitch);
    }
}

/// <summary>Images and rows of targets that a slab covers.</summary>
internal readonly record struct ConvSlabPart(int Image, int Images, int Row, int Rows, int Pixels);
