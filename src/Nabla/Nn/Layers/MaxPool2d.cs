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
/// <exception cref="ArgumentException">A setting is out of range, or calling it where the window
/// does not fit.</exception>
public sealed class MaxPool2d(Size2d kernelSize, Size2d? stride = null, Size2d? padding = null,
    Size2d? dilation = null, bool ceilMode = false) : Module<Tensor, Tensor>
{
    private readonly Pool2dGeometry _geometry = new Pool2dGeometry(kernelSize,
        stride ?? kernelSize, padding ?? 0, dilation ?? 1, ceilMode).Checked(nameof(MaxPool2d));

    /// <inheritdoc/>
    protected override string Description =>
        $"kernel_size={_geometry.Kernel}, stride={_geometry.Stride}, "
        + $"padding={_geometry.Padding}"
        + (dilation is null ? "" : $", dilation={_geometry.Dilation}")
        + (_geometry.CeilMode ? ", ceil_mode=True" : "");

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        x.MaxPool2d(_geometry.Kernel, _geometry.Stride, _geometry.Padding, _geometry.Dilation,
            _geometry.CeilMode);

    /// <inheritdoc/>
    protected internal override ReceptiveField Window(Shape input, Shape output) =>
        ReceptiveField.Window(_geometry.Kernel, _geometry.Stride, _geometry.Dilation);
}
