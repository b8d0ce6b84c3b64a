using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = x</c> above 0, else <c>y = slope · x</c>, elementwise; any shape (N, …) to the same.
/// Source: Maas, Hannun, Ng: Rectifier Nonlinearities Improve Neural Network
/// Acoustic Models, 2013; <c>torch.nn.LeakyReLU</c>.
/// </summary>
/// <param name="negativeSlope">The slope below 0.</param>
/// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
public sealed class LeakyReLU(double negativeSlope = 0.01) : Module<Tensor, Tensor>
{
    private readonly double _negativeSlope = double.IsFinite(negativeSlope)
        ? negativeSlope
        : throw new ArgumentOutOfRangeException(nameof(negativeSlope),
            $"LeakyReLU: negativeSlope must be a finite number, got {negativeSlope}");

    /// <inheritdoc/>
    protected override string Description => $"negative_slope={_negativeSlope}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.LeakyRelu(_negativeSlope);
}
