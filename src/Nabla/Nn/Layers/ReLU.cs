using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = max(x, 0)</c>, elementwise; any shape (N, …) to the same; throws nothing. Source: Nair,
/// Hinton: Rectified Linear Units Improve Restricted Boltzmann Machines, 2010;
/// <c>torch.nn.ReLU</c>.
/// </summary>
public sealed class ReLU : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Relu();
}
