using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = x / (1 + e⁻ˣ)</c>, elementwise; any shape (N, …) to the same; throws nothing. Source:
/// Elfwing, Uchibe, Doya: Sigmoid-Weighted Linear Units, 2018; <c>torch.nn.SiLU</c>.
/// </summary>
public sealed class SiLU : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Silu();
}
