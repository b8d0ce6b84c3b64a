using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = 1 / (1 + e⁻ˣ)</c>, elementwise; any shape (N, …) to the same; throws nothing. Source:
/// Verhulst, 1845 (the logistic curve); <c>torch.nn.Sigmoid</c>.
/// </summary>
public sealed class Sigmoid : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Sigmoid();
}
