using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y[i, j] = mean x</c> over rows ⌊i·H/OH⌋ … ⌈(i + 1)·H/OH⌉ − 1 and such columns,
/// (N, C, H, W) → (N, C, OH, OW) for any H and W. Source: Lin, Chen, Yan: Network in Network, 2014,
/// section 3.2; <c>torch.nn.AdaptiveAvgPool2d</c>.
/// </summary>
/// <param name="outputSize">OH and OW.</param>
/// <exception cref="ArgumentException">Calling it where there are no planes.</exception>
public sealed class AdaptiveAvgPool2d(Size2d outputSize) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override string Description => $"output_size={outputSize}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.AdaptiveAvgPool2d(outputSize);
}
