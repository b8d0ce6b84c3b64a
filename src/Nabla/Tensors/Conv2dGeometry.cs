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

    /// <summary>
    /// The output's size where the convolution is transposed:
    /// (size − 1)·stride − 2·padding + dilation·(kernel − 1) + extra + 1, which the convolution
    /// takes to the size if the extra rows and columns are fewer than the stride; not below 0.
    /// </summary>
    /// <exception cref="OverflowException">It is too large for a dimension.</exception>
    public Size2d Transposed(Size2d input, Size2d kernel, Size2d extra) => new(
        Transposed(input.Height, kernel.Height, Stride.Height, Padding.Height, Dilation.Height,
            extra.Height),
        Transposed(input.Width, kernel.Width, Stride.Width, Padding.Width, Dilation.Width,
            extra.Width));

    /// <summary>Throws unless stride, dilation and groups are at least 1 and padding at least 0.
    /// </summary>
    /// <param name="op">Who asks, for the message.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void Check(string op = "Conv2d")
    {
        if (Math.Min(Stride.Height, Stride.Width) < 1
            || Math.Min(Dilation.Height, Dilation.Width) < 1
            || Math.Min(Padding.Height, Padding.Width) < 0 || Groups < 1)
        {
            throw new ArgumentException($"{op}: stride, dilation and groups must be at least 1 "
                + $"and padding at least 0, got {Stride}, {Dilation}, {Groups} and {Padding}");
        }
    }

    private static int Output(int size, int kernel, int stride, int pad, int dilation)
    {
        var room = size + (2 * pad) - (dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }

    private static int Transposed(
        int size, int kernel, int stride, int pad, int dilation, int extra) =>
        checked((int)Math.Max(0, ((size - 1L) * stride) - (2L * pad)
            + (dilation * (kernel - 1L)) + extra + 1));
}
