using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y = tanh x</c>, elementwise; any shape (N, …) to the same; throws nothing. Source: LeCun,
/// Bottou, Orr, Müller: Efficient BackProp, 1998, section 4.4; <c>torch.nn.Tanh</c>.
/// </summary>
public sealed class Tanh : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Tanh();
}
