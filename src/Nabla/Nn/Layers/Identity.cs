using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>y = x, any shape (N, …). Throws nothing. Source: <c>torch.nn.Identity</c>;
/// Paszke et al.: PyTorch, 2019.</summary>
public sealed class Identity : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x;
}
