namespace Nabla.Data.Sources;

/// <summary>
/// MNIST: 60,000 and 10,000 handwritten digits, gray 28×28. Source: LeCun, Bottou, Bengio and
/// Haffner (1998), "Gradient-based learning applied to document recognition", Proc. IEEE 86(11).
/// </summary>
[RegisteredName("mnist")]
public sealed class MnistSource() : IdxImageSource(
    File(0, 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
    File(1, 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
    File(2, 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
    File(3, 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"))
{
    /// <inheritdoc/>
    public override string Name => "mnist";

    /// <inheritdoc/>
    public override string Description => "70,000 handwritten digits, gray 28×28, 10 classes";

    /// <inheritdoc/>
    public override string Licence => "Y. LeCun, C. Cortes and C. Burges, CC BY-SA 3.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes =>
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    private static RemoteFile File(int index, long length, string sha256) => new(
        FileNames[index],
        length,
        "sha256:" + sha256,
        "https://ossci-datasets.s3.amazonaws.com/mnist",
        "https://storage.googleapis.com/cvdf-datasets/mnist");
}
