using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = x</c>, any shape (N, …), e.g. in place of a layer that is left out, as in He, Zhang, Ren,
/// Sun: Deep Residual Learning, 2016, eq. 1; throws nothing; <c>torch.nn.Identity</c>.
/// </summary>
public sealed class Identity : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x;
}
