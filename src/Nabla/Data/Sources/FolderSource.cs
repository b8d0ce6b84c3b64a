namespace Nabla.Data.Sources;

/// <summary>Images of the user's own: a folder with the four files of MNIST, plain or compressed.
/// The classes are the numbers that occur.</summary>
public sealed class FolderSource(string folder) : IImageSource
{
    /// <inheritdoc/>
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(
        Path.GetFullPath(folder)));

    /// <inheritdoc/>
    public string Description => $"IDX files in {folder}";

    /// <inheritdoc/>
    public string Licence => "as whoever made the files says";

    /// <inheritdoc/>
    public IReadOnlyList<RemoteFile> Files => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> SystemFolders => [];

    /// <inheritdoc/>
    public Task<ImageSplits> LoadAsync(
        DataLocator locator,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancel = default)
    {
        var paths = DataLocator.FindIn(folder, IdxImageSource.FileNames)
            ?? throw new FileNotFoundException($"{folder} is no data set: expected " +
                $"{string.Join(", ", IdxImageSource.FileNames)} (or the same without .gz).");
        var splits = IdxImageSource.Read(paths, Numbers(256));
        var classes = Numbers(1 + splits.Train.Labels.Concat(splits.Test.Labels).Max());
        return Task.FromResult(new ImageSplits(
            With(splits.Train, classes), With(splits.Test, classes)));
    }

    private static string[] Numbers(int count) =>
        [.. Enumerable.Range(0, count).Select(number => $"{number}")];

    private static LabelledImages With(LabelledImages data, IReadOnlyList<string> classes) => new(
        data.Images, data.Labels, (data.Channels, data.Height, data.Width), classes);
}
