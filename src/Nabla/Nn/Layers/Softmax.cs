using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = exp(x) / Σ exp(x)</c> along a dimension, without overflow; any shape (N, …) to the same.
/// Source: Bridle: Probabilistic Interpretation of Feedforward Classification Network Outputs,
/// 1990; <c>torch.nn.Softmax</c>.
/// </summary>
/// <param name="dim">The dimension.</param>
/// <exception cref="ArgumentOutOfRangeException">Calling it where there is no such dimension.
/// </exception>
public sealed class Softmax(int dim = -1) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override string Description => $"dim={dim}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Softmax(dim);
}
