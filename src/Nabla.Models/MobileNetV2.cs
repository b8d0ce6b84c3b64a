using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// MobileNetV2: (N, 3, 224, 224) → (N, classes), other sizes of 32 pixels or more too. Sandler,
/// Howard, Zhu, Zhmoginov, Chen: MobileNetV2: Inverted Residuals and Linear Bottlenecks, 2018,
/// table 2; <c>torchvision.models.mobilenet_v2</c>.
/// </summary>
[RegisteredName("mobilenet_v2")]
public sealed class MobileNetV2 : Module<Tensor, Tensor>, IZooModel
{
    private const int Last = 1280;

    /// <summary>Expansion, channels, blocks and first stride of each stage.</summary>
    private static readonly (int Expansion, int Channels, int Blocks, int Stride)[] Stages =
    [
        (1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2),
        (6, 320, 1, 1),
    ];

    private readonly Sequential _features = new([.. Features()]);
    private readonly Sequential _classifier;

    /// <summary>Makes a network with new weights.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="dropout">The probability of dropping a unit before the classifier.</param>
    public MobileNetV2(int classes = 1000, double dropout = 0.2)
    {
        _classifier = new Sequential(new Dropout(dropout), new Linear(Last, classes));
        TorchInit.Apply(this, linear: 0.01);
    }

    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new(
        "MobileNetV2: depthwise convolutions in inverted residuals", new Shape(3, 224, 224),
        new Recipe(null, "sgd", 0.05, "cosine", 150, 32, Augment: true), n => new MobileNetV2(n),
        1000);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        _classifier.Call(_features.Call(x).AdaptiveAvgPool2d(1).Flatten(1));

    private static IEnumerable<Module<Tensor, Tensor>> Features()
    {
        var width = 32;
        yield return InvertedResidual.ConvNormAct(3, width, 3, stride: 2);
        foreach (var stage in Stages)
        {
            for (var i = 0; i < stage.Blocks; i++)
            {
                yield return new InvertedResidual(
                    width, stage.Channels, i == 0 ? stage.Stride : 1, stage.Expansion);
                width = stage.Channels;
            }
        }
        yield return InvertedResidual.ConvNormAct(width, Last, 1);
    }
}
