using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = x</c> above 0, else <c>y = slope · x</c>, elementwise; any shape (N, …) to the same;
/// throws nothing. Source: Maas, Hannun, Ng: Rectifier Nonlinearities Improve Neural Network
/// Acoustic Models, 2013; <c>torch.nn.LeakyReLU</c>.
/// </summary>
/// <param name="negativeSlope">The slope below 0.</param>
public sealed class LeakyReLU(double negativeSlope = 0.01) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override string Description => $"negative_slope={negativeSlope}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.LeakyRelu(negativeSlope);
}
