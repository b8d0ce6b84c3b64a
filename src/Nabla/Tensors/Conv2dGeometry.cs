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

    /// <summary>Throws unless stride, dilation and groups are at least 1 and padding at least 0.
    /// </summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void Check()
    {
        if (Math.Min(Stride.Height, Stride.Width) < 1
            || Math.Min(Dilation.Height, Dilation.Width) < 1
            || Math.Min(Padding.Height, Padding.Width) < 0 || Groups < 1)
        {
            throw new ArgumentException("Conv2d: stride, dilation and groups must be at least 1 "
                + $"and padding at least 0, got {Stride}, {Dilation}, {Groups} and {Padding}");
        }
    }

    private static int Output(int size, int kernel, int stride, int pad, int dilation)
    {
        var room = size + (2 * pad) - (dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
