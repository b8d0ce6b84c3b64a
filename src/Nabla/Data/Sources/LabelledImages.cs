namespace Nabla.Data.Sources;

/// <summary>Images as bytes, shape <c>(N, C, H, W)</c> in row-major order, each with the number of
/// its class.</summary>
public sealed class LabelledImages
{
    /// <summary>Joins images and labels; the shape is that of one image.</summary>
    /// <exception cref="InvalidDataException">The numbers of images and labels differ, a label
    /// names no class, or a value is above <paramref name="maximum"/>.</exception>
    public LabelledImages(
        byte[] images,
        byte[] labels,
        (int Channels, int Height, int Width) shape,
        IReadOnlyList<string> classes,
        byte maximum = byte.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        var size = (long)shape.Channels * shape.Height * shape.Width;
        if (size <= 0 || images.Length != labels.Length * size)
        {
            throw new InvalidDataException($"{labels.Length} labels need as many images of " +
                $"{shape.Channels}×{shape.Height}×{shape.Width} bytes, but there are " +
                $"{images.Length} bytes.");
        }

        var foreign = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes.Count - 1));
        if (foreign >= 0)
        {
            throw new InvalidDataException($"Label {foreign} is {labels[foreign]}, but the " +
                $"{classes.Count} classes are numbered 0 to {classes.Count - 1}.");
        }

        var bright = images.AsSpan().IndexOfAnyExceptInRange((byte)0, maximum);
        if (bright >= 0)
        {
            throw new InvalidDataException($"Image {bright / size} holds {images[bright]}, but " +
                $"values go from 0 to {maximum}.");
        }

        (Images, Labels, Classes, Maximum) = (images, labels, classes, maximum);
        (Channels, Height, Width) = shape;
    }

    /// <summary>All values, 0 to <see cref="Maximum"/>, shape <c>(N, C, H, W)</c>.</summary>
    public byte[] Images { get; }

    /// <summary>The class of each image, shape <c>(N)</c>.</summary>
    public byte[] Labels { get; }

    /// <summary>The classes' names, in the order of their numbers.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The value of full intensity: divide by it to get 0 to 1.</summary>
    public byte Maximum { get; }

    /// <summary>The number of images, N.</summary>
    public int Count => Labels.Length;

    /// <summary>C: 1 for gray, 3 for colour.</summary>
    public int Channels { get; }

    /// <summary>H, in pixels.</summary>
    public int Height { get; }

    /// <summary>W, in pixels.</summary>
    public int Width { get; }

    /// <summary>One image's values, shape <c>(C, H, W)</c>.</summary>
    public ReadOnlySpan<byte> Image(int index) =>
        Images.AsSpan(checked(index * ImageSize), ImageSize);

    /// <summary>A copy of some images in a row: <c>images[..^360]</c>.</summary>
    public LabelledImages this[Range range]
    {
        get
        {
            var (start, count) = range.GetOffsetAndLength(Count);
            return new LabelledImages(
                Images.AsSpan(start * ImageSize, count * ImageSize).ToArray(),
                Labels[range],
                (Channels, Height, Width),
                Classes,
                Maximum);
        }
    }

    private int ImageSize => Channels * Height * Width;
}
