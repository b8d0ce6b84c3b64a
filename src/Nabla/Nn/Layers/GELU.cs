using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = x · Φ(x)</c> with the normal distribution's Φ, elementwise; any shape (N, …) to the same;
/// throws nothing. Source: Hendrycks, Gimpel: Gaussian Error Linear Units, 2016;
/// <c>torch.nn.GELU</c>.
/// </summary>
public sealed class GELU : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Gelu();
}
