using Nabla.Nn;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// VGG-11 with batch normalization: (N, 3, 224, 224) → (N, classes), other sizes of 32 pixels or
/// more too. Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image
/// Recognition, 2015, table 1 column A; <c>torchvision.models.vgg11_bn</c>.
/// </summary>
[RegisteredName("vgg11_bn")]
public sealed class Vgg11Bn : Module<Tensor, Tensor>, IZooModel
{
    private readonly Sequential _features = new([.. Features(3,
        [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0])]);

    private readonly AdaptiveAvgPool2d _avgpool = new(7);
    private readonly Sequential _classifier;

    /// <summary>Makes a network with new weights.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="dropout">The probability of dropping a hidden unit of the classifier.</param>
    public Vgg11Bn(int classes = 1000, double dropout = 0.5)
    {
        _classifier = new Sequential(
            new Linear(512 * 7 * 7, 4096), new ReLU(), new Dropout(dropout),
            new Linear(4096, 4096), new ReLU(), new Dropout(dropout),
            new Linear(4096, classes));
        TorchInit.Apply(this, linear: 0.01);
    }

    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new(
        "VGG-11 with batch normalization", new Shape(3, 224, 224),
        new Recipe(null, "sgd", 0.01, "cosine", 90, 32, Augment: true), n => new Vgg11Bn(n), 1000);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        _classifier.Call(_avgpool.Call(_features.Call(x)).Flatten(1));

    /// <summary>A 3×3 convolution of each width; 0 stands for max pooling.</summary>
    private static IEnumerable<Module<Tensor, Tensor>> Features(int channels, int[] widths)
    {
        foreach (var width in widths)
        {
            if (width == 0)
            {
                yield return new MaxPool2d(2);
                continue;
            }
            yield return new Conv2d(channels, width, 3, padding: 1);
            yield return new BatchNorm2d(width);
            yield return new ReLU();
            channels = width;
        }
    }
}
