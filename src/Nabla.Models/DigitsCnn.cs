using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// A small convolutional network for 8×8 images. (N, 1, 8, 8) → (N, classes): three 3×3
/// convolutions with batch normalization and ReLU, one halving, one hidden layer with dropout.
/// </summary>
/// <param name="classes">The number of classes.</param>
[RegisteredName("digits-cnn")]
public sealed class DigitsCnn(int classes = 10) : Module<Tensor, Tensor>, IZooModel
{
    private readonly Sequential _features = new(
        new Conv2d(1, 32, 3, padding: 1, bias: false), new BatchNorm2d(32), new ReLU(),
        new Conv2d(32, 32, 3, padding: 1, bias: false), new BatchNorm2d(32), new ReLU(),
        new MaxPool2d(2),
        new Conv2d(32, 64, 3, padding: 1, bias: false), new BatchNorm2d(64), new ReLU());

    private readonly Sequential _classifier = new(
        new Flatten(), new Dropout(0.3), new Linear(64 * 4 * 4, 64), new ReLU(),
        new Linear(64, classes));

    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new(
        "a small convolutional network for 8×8 images", new Shape(1, 8, 8),
        new Recipe("digits", "adamw", 3e-3, "cosine", 30, 64, Augment: true),
        n => new DigitsCnn(n));

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => _classifier.Call(_features.Call(x));
}
