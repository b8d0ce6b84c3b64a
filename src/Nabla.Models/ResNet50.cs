using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// ResNet-50: (N, 3, 224, 224) → (N, classes), other sizes of 32 pixels or more too. He, Zhang,
/// Ren, Sun: Deep Residual Learning for Image Recognition, 2016, table 1;
/// <c>torchvision.models.resnet50</c>.
/// </summary>
/// <param name="classes">The number of classes.</param>
[RegisteredName("resnet50")]
public sealed class ResNet50(int classes = 1000) : ResNet(
    (inChannels, channels, stride) => new Bottleneck(inChannels, channels, stride),
    Bottleneck.Expansion, [3, 4, 6, 3], classes, 3, smallImages: false), IZooModel
{
    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new(
        "ResNet-50: residual blocks of 1×1, 3×3 and 1×1 convolutions", new Shape(3, 224, 224),
        new Recipe(null, "sgd", 0.1, "cosine", 90, 32, Augment: true), n => new ResNet50(n), 1000);
}
