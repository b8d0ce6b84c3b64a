using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// <c>y[i, j] = Σ x / n</c> over windows of n cells, (N, C, H, W) → (N, C, OH, OW) with
/// OH = ⌊(H + 2·padding − kernel) / stride⌋ + 1. Source: LeCun et al.: Handwritten Digit
/// Recognition with a Back-Propagation Network, 1990; <c>torch.nn.AvgPool2d</c>.
/// </summary>
/// <param name="kernelSize">The window.</param>
/// <param name="stride">From one window to the next; the window's size by default.</param>
/// <param name="padding">The border around the image; 0.</param>
/// <param name="ceilMode">Whether windows may end outside.</param>
/// <param name="countIncludePad">Whether n counts the border.</param>
/// <exception cref="ArgumentException">A setting is out of range, or calling it where the window
/// does not fit.</exception>
public sealed class AvgPool2d(Size2d kernelSize, Size2d? stride = null, Size2d? padding = null,
    bool ceilMode = false, bool countIncludePad = true) : Module<Tensor, Tensor>
{
    private readonly Pool2dGeometry _geometry = new Pool2dGeometry(kernelSize,
        stride ?? kernelSize, padding ?? 0, 1, ceilMode).Checked(nameof(AvgPool2d));

    /// <inheritdoc/>
    protected override string Description =>
        $"kernel_size={_geometry.Kernel}, stride={_geometry.Stride}, "
        + $"padding={_geometry.Padding}"
        + (_geometry.CeilMode ? ", ceil_mode=True" : "");

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) =>
        x.AvgPool2d(_geometry.Kernel, _geometry.Stride, _geometry.Padding, _geometry.CeilMode,
            countIncludePad);

    /// <inheritdoc/>
    protected internal override ReceptiveField Window(Shape input, Shape output) =>
        ReceptiveField.Window(_geometry.Kernel, _geometry.Stride, 1);
}
