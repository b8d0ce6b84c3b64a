namespace Nabla.Models;

/// <summary>The networks by name.</summary>
public static class ModelZoo
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelEntry> All { get; } =
        [DigitsCnn.Entry, LeNet.Entry, LeNetSigmoid.Entry, Mlp.Entry];

    /// <summary>The network of a name; hyphens and underscores are alike.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists near names.</exception>
    public static ModelEntry Find(string name) =>
        Names.Find("model", name, All, entry => entry.Name);
}
