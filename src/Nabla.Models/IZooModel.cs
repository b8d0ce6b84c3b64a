namespace Nabla.Models;

/// <summary>A network of the zoo.</summary>
public interface IZooModel
{
    /// <summary>What the zoo knows of it.</summary>
    static abstract ModelEntry Entry { get; }
}
