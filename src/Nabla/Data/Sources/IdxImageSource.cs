using Nabla.Formats;

namespace Nabla.Data.Sources;

/// <summary>
/// A data set in the four files of MNIST: images and labels, to train and to test, images
/// <c>(N, H, W)</c> or <c>(N, C, H, W)</c> of bytes.
/// </summary>
public abstract class IdxImageSource : IImageSource
{
    private protected IdxImageSource(params RemoteFile[] files) => Files = files;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public abstract string Licence { get; }

    /// <summary>The classes' names, in the order of their numbers.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<RemoteFile> Files { get; }

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> SystemFolders => [];

    /// <summary>The files' names in the order of <see cref="Files"/>: images and labels to train,
    /// images and labels to test.</summary>
    public static IReadOnlyList<string> FileNames { get; } =
    [
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz",
    ];

    /// <inheritdoc/>
    public async Task<ImageSplits> LoadAsync(
        DataLocator locator,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(locator);
        var paths = await locator.LocateAsync(this, progress, cancel).ConfigureAwait(false);
        return Read(paths, Classes);
    }

    /// <summary>Reads the four files, named in the order of <see cref="FileNames"/>.</summary>
    /// <exception cref="InvalidDataException">They are damaged, foreign or do not fit together.
    /// </exception>
    internal static ImageSplits Read(IReadOnlyList<string> paths, IReadOnlyList<string> classes)
    {
        var train = Read(paths[0], paths[1], classes);
        var test = Read(paths[2], paths[3], classes);
        return (train.Channels, train.Height, train.Width) ==
            (test.Channels, test.Height, test.Width)
            ? new ImageSplits(train, test)
            : throw new InvalidDataException(
                $"{paths[0]} and {paths[2]} hold images of different sizes: they are not of one " +
                "data set.");
    }

    private static LabelledImages Read(
        string imagesPath, string labelsPath, IReadOnlyList<string> classes)
    {
        var images = IdxFile.Read(imagesPath);
        var labels = IdxFile.Read(labelsPath);
        Check(images, imagesPath, "images (N, H, W) or (N, C, H, W)", rank => rank is 3 or 4);
        Check(labels, labelsPath, "labels (N)", rank => rank is 1);
        var shape = images.Shape;
        try
        {
            return new LabelledImages(
                images.Bytes,
                labels.Bytes,
                (shape.Count == 4 ? shape[1] : 1, shape[^2], shape[^1]),
                classes);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(
                $"{imagesPath} and {labelsPath} do not fit: {e.Message}", e);
        }
    }

    private static void Check(IdxFile file, string path, string expected, Func<int, bool> rank)
    {
        if (file.Element != IdxElement.UInt8 || !rank(file.Shape.Count))
        {
            throw new InvalidDataException($"{path}: expected bytes, {expected}, but it holds " +
                $"{IdxFile.NameOf(file.Element)} ({string.Join(", ", file.Shape)}).");
        }
    }
}
