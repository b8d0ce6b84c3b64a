using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Averages (N, C, H, W) to (N, C, OH, OW) for any H and W: window i covers rows ⌊i·H/OH⌋ …
/// ⌈(i + 1)·H/OH⌉ − 1. Throws when the input has no planes. Source:
/// <c>torch.nn.AdaptiveAvgPool2d</c>;
/// Lin, Chen, Yan: Network In Network, 2014.
/// </summary>
/// <param name="outputSize">OH and OW.</param>
public sealed class AdaptiveAvgPool2d(Size2d outputSize) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override string Description => $"output_size={outputSize}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.AdaptiveAvgPool2d(outputSize);
}
