using Nabla.Autograd;
using Nabla.Nn;
using Nabla.Tensors;

namespace Nabla.Models;

/// <summary>
/// The classic LeNet-5: sigmoid activations and average pooling. (N, 1, 28, 28) → (N, classes).
/// LeCun, Bottou, Bengio, Haffner: Gradient-Based Learning Applied to Document Recognition, 1998;
/// the form of Zhang, Lipton, Li, Smola: Dive into Deep Learning, section 7.6.
/// </summary>
[RegisteredName("lenet-sigmoid")]
public sealed class LeNetSigmoid : Module<Tensor, Tensor>, IZooModel
{
    private readonly Sequential _net;

    /// <summary>Makes the network with Xavier-uniform weights and zero biases.</summary>
    /// <param name="classes">The number of classes.</param>
    public LeNetSigmoid(int classes = 10)
    {
        _net = new Sequential(
            new Conv2d(1, 6, 5, padding: 2), new Sigmoid(), new AvgPool2d(2),
            new Conv2d(6, 16, 5), new Sigmoid(), new AvgPool2d(2), new Flatten(),
            new Linear(16 * 5 * 5, 120), new Sigmoid(),
            new Linear(120, 84), new Sigmoid(),
            new Linear(84, classes));
        foreach (var (_, parameter) in NamedParameters())
        {
            if (parameter.Rank > 1)
            {
                Init.XavierUniform(parameter);
            }
            else
            {
                Init.Zeros(parameter);
            }
        }
    }

    /// <summary>What the zoo knows of it.</summary>
    public static ModelEntry Entry { get; } = new(
        "the classic LeNet-5: sigmoid, average pooling", new Shape(1, 28, 28),
        new Recipe("fashion-mnist", "sgd", 0.9, "constant", 10, 256), n => new LeNetSigmoid(n));

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => _net.Call(x);
}
