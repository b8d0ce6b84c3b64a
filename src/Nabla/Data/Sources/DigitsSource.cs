using Nabla.Formats;

namespace Nabla.Data.Sources;

/// <summary>
/// The UCI optical digits, embedded: 1,797 images of 1×8×8 with values 0 to 16, in the source's
/// order. The last 360 are the test set; most of their writers are not among the others.
/// Source: Alpaydin and Kaynak (1998), "Optical Recognition of Handwritten Digits".
/// </summary>
[RegisteredName("digits")]
public sealed class DigitsSource : IImageSource
{
    private const int TestCount = 360;
    private const byte Brightest = 16;

    /// <inheritdoc/>
    public string Name => "digits";

    /// <inheritdoc/>
    public string Description => "1,797 handwritten digits, gray 8×8, 10 classes, embedded";

    /// <inheritdoc/>
    public string Licence =>
        "E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository, CC BY 4.0";

    /// <inheritdoc/>
    public IReadOnlyList<RemoteFile> Files => [];

    /// <inheritdoc/>
    public IReadOnlyList<string> SystemFolders => [];

    /// <summary>All images, in the source's order.</summary>
    public static LabelledImages LoadAll() => new(
        Resource("digits-images-idx3-ubyte.gz"),
        Resource("digits-labels-idx1-ubyte.gz"),
        (1, 8, 8),
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Brightest);

    /// <inheritdoc/>
    public Task<ImageSplits> LoadAsync(
        DataLocator locator,
        IProgress<DownloadProgress>? progress = null,
        CancellationToken cancel = default)
    {
        var all = LoadAll();
        return Task.FromResult(new ImageSplits(all[..^TestCount], all[^TestCount..]));
    }

    private static byte[] Resource(string name)
    {
        using var stream = typeof(DigitsSource).Assembly.GetManifestResourceStream(name)!;
        return IdxFile.Read(stream, name).Bytes;
    }
}
