namespace Nabla.Data.Sources;

/// <summary>
/// Fashion-MNIST: 60,000 and 10,000 pictures of clothing, gray 28×28. Source: Xiao, Rasul and
/// Vollgraf (2017), "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
/// Algorithms", arXiv:1708.07747.
/// </summary>
[RegisteredName("fashion-mnist")]
public sealed class FashionMnistSource() : IdxImageSource(
    File(0, 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
    File(1, 29_515, "25c81989df183df01b3e8a0aad5dffbe"),
    File(2, 4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
    File(3, 5_148, "bb300cfdad3c16e7a12a480ee83cd310"))
{
    /// <inheritdoc/>
    public override string Name => "fashion-mnist";

    /// <inheritdoc/>
    public override string Description => "70,000 pictures of clothing, gray 28×28, 10 classes";

    /// <inheritdoc/>
    public override string Licence => "Zalando SE, MIT";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes =>
    [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
        "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ];

    /// <summary>Where Debian's package dataset-fashion-mnist puts it.</summary>
    public override IReadOnlyList<string> SystemFolders => ["/usr/share/datasets/fashion-mnist"];

    private static RemoteFile File(int index, long length, string md5) => new(
        FileNames[index],
        length,
        "md5:" + md5,
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion");
}
