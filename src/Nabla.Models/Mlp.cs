using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>A multilayer perceptron: (N, 1, 28, 28) → 256 ReLU units → (N, classes).</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="inputs">Pixels of an input.</param>
[RegisteredName("mlp")]
public sealed class Mlp(int classes = 10, int inputs = 784) : Module<Tensor, Tensor>, IZooModel
{
    private readonly Sequential _net = new(
        new Flatten(), new Linear(inputs, 256), new ReLU(), new Linear(256, classes));

    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new("a perceptron with one hidden layer",
        new Shape(1, 28, 28), new Recipe("fashion-mnist", "sgd", 0.1, "constant", 10, 256),
        n => new Mlp(n));

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => _net.Call(x);
}
