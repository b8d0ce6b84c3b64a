namespace Nabla.Models;

/// <summary>The networks by name.</summary>
[Registry(typeof(IZooModel), Member = nameof(IZooModel.Entry), Entry = typeof(ModelEntry))]
public static partial class ModelZoo
{
    /// <summary>The network of a name; hyphens and underscores are alike.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists near names.</exception>
    public static ModelEntry Find(string name) =>
        Names.Find("model", name, All, entry => entry.Name);
}
