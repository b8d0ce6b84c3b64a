using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y[i, j] = max x</c> over windows, (N, C, H, W) → (N, C, OH, OW) with
/// OH = ⌊(H + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1. Source: Weng, Ahuja, Huang:
/// Cresceptron, 1992; <c>torch.nn.MaxPool2d</c>.
/// </summary>
/// <param name="kernelSize">The window.</param>
/// <param name="stride">From one window to the next; the window's size by default.</param>
/// <param name="padding">The border around the image; 0.</param>
/// <param name="dilation">From one tap of a window to the next; 1.</param>
/// <param name="ceilMode">Whether windows may end outside.</param>
/// <exception cref="ArgumentException">Calling it where the window does not fit.</exception>
public sealed class MaxPool2d(Size2d kernelSize, Size2d? stride = null, Size2d? padding = null,
    Size2d? dilation = null, bool ceilMode = false) : Module<Tensor, Tensor>
{
    /// <inheritdoc/>
    protected override string Description =>
        $"kernel_size={kernelSize}, stride={stride ?? kernelSize}, padding={padding ?? 0}"
        + (dilation is null ? "" : $", dilation={dilation}") + (ceilMode ? ", ceil_mode=True" : "");

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        x.MaxPool2d(kernelSize, stride, padding, dilation, ceilMode);

    /// <inheritdoc/>
    protected internal override ReceptiveField Window(Shape input, Shape output) =>
        ReceptiveField.Window(kernelSize, stride ?? kernelSize, dilation ?? 1);
}
