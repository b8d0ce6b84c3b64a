using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// LeNet-5 as one would build it today: ReLU, max pooling, more channels. (N, 1, 28, 28) →
/// (N, classes). After LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document
/// Recognition, 1998.
/// </summary>
/// <param name="classes">The number of classes.</param>
[RegisteredName("lenet")]
public sealed class LeNet(int classes = 10) : Module<Tensor, Tensor>, IZooModel
{
    private readonly Sequential _features = new(
        new Conv2d(1, 20, 5, padding: 2), new ReLU(), new MaxPool2d(2),
        new Conv2d(20, 50, 5), new ReLU(), new MaxPool2d(2));

    private readonly Sequential _classifier = new(
        new Flatten(), new Linear(50 * 5 * 5, 256), new ReLU(), new Linear(256, classes));

    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new(
        "LeNet-5 with ReLU and max pooling", new Shape(1, 28, 28),
        new Recipe("fashion-mnist", "adam", 1e-3, "cosine", 10, 128), n => new LeNet(n));

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => _classifier.Call(_features.Call(x));
}
