using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// ResNet-18 for grayscale images: (N, 1, 96, 96) → (N, classes), the setting of Zhang, Lipton, Li,
/// Smola: Dive into Deep Learning, section 8.6.
/// </summary>
/// <param name="classes">The number of classes.</param>
[RegisteredName("resnet18-gray")]
public sealed class ResNet18Gray(int classes = 10) : ResNet(
    (inChannels, channels, stride) => new BasicBlock(inChannels, channels, stride), 1,
    [2, 2, 2, 2], classes, 1, smallImages: false), IZooModel
{
    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new(
        "ResNet-18 for 96×96 grayscale images", new Shape(1, 96, 96),
        new Recipe(null, "sgd", 0.05, "cosine", 10, 128, Augment: true), n => new ResNet18Gray(n));
}
