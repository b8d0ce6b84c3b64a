using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = min(max(x, 0), 6)</c>, elementwise; any shape (N, …) to the same; throws nothing. The
/// gradient passes strictly between the limits. Source: Krizhevsky: Convolutional Deep Belief
/// Networks on CIFAR-10, 2010; <c>torch.nn.ReLU6</c>.
/// </summary>
public sealed class ReLU6 : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => Tensor.Where(x >= 6, 6, x.Relu());
}
