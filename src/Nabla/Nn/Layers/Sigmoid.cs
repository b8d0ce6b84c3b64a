using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// y = 1 / (1 + e⁻ˣ), elementwise; any shape (N, …) to the same. Throws nothing. Source:
/// <c>torch.nn.Sigmoid</c>;
/// Rumelhart, Hinton, Williams, 1986.
/// </summary>
public sealed class Sigmoid : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Sigmoid();
}
