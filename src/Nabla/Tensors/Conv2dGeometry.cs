namespace Nabla.Tensors;

/// <summary>How a two-dimensional convolution steps over its input.</summary>
/// <param name="Stride">Elements from one window to the next.</param>
/// <param name="Padding">Zeros added on each side.</param>
/// <param name="Dilation">Elements from one weight to the next.</param>
/// <param name="Groups">In how many groups, apart from each other, the channels are split.</param>
public readonly record struct Conv2dGeometry(
    Size2d Stride, Size2d Padding, Size2d Dilation, int Groups)
{
    /// <summary>
    /// The output's size: ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
    /// </summary>
    public Size2d Output(Size2d input, Size2d kernel) => new(
        Output(input.Height, kernel.Height, Stride.Height, Padding.Height, Dilation.Height),
        Output(input.Width, kernel.Width, Stride.Width, Padding.Width, Dilation.Width));

    private static int Output(int size, int kernel, int stride, int pad, int dilation)
    {
        var room = size + (2 * pad) - (dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
