using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// y = tanh x, elementwise; any shape (N, …) to the same. Throws nothing. Source:
/// <c>torch.nn.Tanh</c>;
/// LeCun et al.: Efficient BackProp, 1998.
/// </summary>
public sealed class Tanh : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Tanh();
}
