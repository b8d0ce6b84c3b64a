using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// The mean of (N, C, H, W) in windows: (N, C, OH, OW), OH = ⌊(H + 2·padding − kernel) / stride⌋
/// + 1. Throws when the input has no planes or the window does not fit. Source:
/// <c>torch.nn.AvgPool2d</c>;
/// LeCun et al., 1998.
/// </summary>
/// <param name="kernelSize">The window.</param>
/// <param name="stride">From one window to the next; the window's size by default.</param>
/// <param name="padding">Border around the image; 0.</param>
/// <param name="ceilMode">Let windows begin that end outside.</param>
public sealed class AvgPool2d(Size2d kernelSize, Size2d? stride = null, Size2d? padding = null,
    bool ceilMode = false) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override string Description =>
        $"kernel_size={kernelSize}, stride={stride ?? kernelSize}, padding={padding ?? 0}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        x.AvgPool2d(kernelSize, stride, padding, ceilMode: ceilMode);
}
