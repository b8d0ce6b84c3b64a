using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// ResNet-18: (N, 3, 224, 224) → (N, classes), other sizes of 32 pixels or more too. He, Zhang,
/// Ren, Sun: Deep Residual Learning for Image Recognition, 2016, table 1;
/// <c>torchvision.models.resnet18</c>.
/// </summary>
/// <param name="classes">The number of classes.</param>
[RegisteredName("resnet18")]
public sealed class ResNet18(int classes = 1000) : ResNet(
    (inChannels, channels, stride) => new BasicBlock(inChannels, channels, stride), 1,
    [2, 2, 2, 2], classes, 3, smallImages: false), IZooModel
{
    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new(
        "ResNet-18: residual blocks of two 3×3 convolutions", new Shape(3, 224, 224),
        new Recipe(null, "sgd", 0.1, "cosine", 90, 32, Augment: true), n => new ResNet18(n), 1000);
}
