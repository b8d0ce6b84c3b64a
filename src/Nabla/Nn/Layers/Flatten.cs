using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Merges dimensions into one: (N, C, H, W) → (N, C·H·W) by default. Throws when a dimension does
/// not exist. Source: <c>torch.nn.Flatten</c>;
/// Paszke et al.: PyTorch, 2019.
/// </summary>
/// <param name="startDim">The first dimension merged.</param>
/// <param name="endDim">The last dimension merged.</param>
public sealed class Flatten(int startDim = 1, int endDim = -1) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Flatten(startDim, endDim);
}
