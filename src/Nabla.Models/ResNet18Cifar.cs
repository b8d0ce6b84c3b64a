using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// ResNet-18 for 32×32 images: a 3×3 stem of stride 1 and no max pooling; (N, 3, 32, 32) →
/// (N, classes). The widths of He, Zhang, Ren, Sun 2016, table 1, with the stem of section 4.2.
/// </summary>
/// <param name="classes">The number of classes.</param>
[RegisteredName("resnet18-cifar")]
public sealed class ResNet18Cifar(int classes = 10) : ResNet(
    (inChannels, channels, stride) => new BasicBlock(inChannels, channels, stride), 1,
    [2, 2, 2, 2], classes, 3, smallImages: true), IZooModel
{
    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new(
        "ResNet-18 for 32×32 images: a 3×3 stem, no max pooling", new Shape(3, 32, 32),
        new Recipe(null, "sgd", 0.1, "cosine", 30, 128, Augment: true),
        n => new ResNet18Cifar(n));
}
