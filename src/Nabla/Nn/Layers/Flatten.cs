using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Merges dimensions: <c>y[n, i] = x[n, …]</c> with i the row-major index, (N, C, H, W) → (N,
/// C·H·W) by default, as between features and classifier of LeCun et al.: Gradient-Based Learning
/// Applied to Document Recognition, 1998; <c>torch.nn.Flatten</c>.
/// </summary>
/// <param name="startDim">The first dimension merged.</param>
/// <param name="endDim">The last dimension merged.</param>
/// <exception cref="ArgumentException">Calling it where a dimension does not exist.</exception>
public sealed class Flatten(int startDim = 1, int endDim = -1) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override string Description => $"start_dim={startDim}, end_dim={endDim}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Flatten(startDim, endDim);
}
