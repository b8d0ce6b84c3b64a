using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>A network that can be asked for by name.</summary>
/// <param name="Description">What it is, in a line.</param>
/// <param name="Input">The shape of one input, (C, H, W).</param>
/// <param name="Recipe">How it is trained unless asked otherwise.</param>
/// <param name="Create">Makes it, with new weights, for a number of classes.</param>
/// <param name="Classes">The number of classes where no data set decides it.</param>
public sealed record ModelEntry(string Description, Shape Input, Recipe Recipe,
    Func<int, Module<Tensor, Tensor>> Create, int Classes = 10)
{
    /// <summary>Its name as registered, torchvision's where it has the network.</summary>
    public string Name { get; init; } = "";
}
