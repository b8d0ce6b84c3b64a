namespace Nabla.Data.Sources;

/// <summary>A named set of labelled images, and how to get it.</summary>
public interface IImageSource
{
    /// <summary>The name on the command line, in lower case: <c>fashion-mnist</c>.</summary>
    string Name { get; }

    /// <summary>One line: what is on the images, how many, of which size.</summary>
    string Description { get; }

    /// <summary>Who made it, and under which licence.</summary>
    string Licence { get; }

    /// <summary>The files it is made of; none when it is embedded.</summary>
    IReadOnlyList<RemoteFile> Files { get; }

    /// <summary>Folders where the system's packages put the files.</summary>
    IReadOnlyList<string> SystemFolders { get; }

    /// <summary>Loads it from where the locator finds it, or fetches it first.</summary>
    /// <exception cref="IOException">It is not here and cannot be fetched.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or foreign.</exception>
    Task<ImageSplits> LoadAsync(
        DataLocator locator,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancel = default);
}

/// <summary>The published division of a data set; choices are made on a part of Train.</summary>
/// <param name="Train">The images to learn from.</param>
/// <param name="Test">The images to measure on, once.</param>
public sealed record ImageSplits(LabelledImages Train, LabelledImages Test);
