namespace Nabla.Tensors;

/// <summary>How two-dimensional pooling windows lie on their input.</summary>
/// <param name="Kernel">A window's size.</param>
/// <param name="Stride">Elements from one window to the next.</param>
/// <param name="Padding">Elements added on each side; at most half the kernel.</param>
/// <param name="Dilation">Elements from one tap of a window to the next.</param>
/// <param name="CeilMode">Round output sizes up, where a window would begin inside.</param>
public readonly record struct Pool2dGeometry(
    Size2d Kernel, Size2d Stride, Size2d Padding, Size2d Dilation, bool CeilMode)
{
    /// <summary>
    /// The output's size: ⌊(size + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1, or in ceil
    /// mode ⌈…⌉ + 1 less a last window that would begin in the padding.
    /// </summary>
    public Size2d Output(Size2d input) => new(
        Output(input.Height, Kernel.Height, Stride.Height, Padding.Height, Dilation.Height),
        Output(input.Width, Kernel.Width, Stride.Width, Padding.Width, Dilation.Width));

    /// <summary>The output's shape for planes (…, H, W).</summary>
    /// <exception cref="ArgumentException">The input has no planes, is smaller than a window, or
    /// the settings are out of range.</exception>
    public Shape Output(string op, Shape input)
    {
        Check(op);
        if (input.Rank is not (3 or 4))
        {
            throw new ArgumentException(
                $"{op} expects (N, C, H, W) or (C, H, W) but got {input}");
        }
        var size = Output(new Size2d(input[^2], input[^1]));
        if (size.Height < 1 || size.Width < 1)
        {
            throw new ArgumentException($"{op}: the window {Kernel} with dilation {Dilation} is "
                + $"larger than the input {input} with padding {Padding}");
        }
        return new Shape([.. input.Dims[..^2], size.Height, size.Width]);
    }

    /// <summary>These settings, for a field of a layer.</summary>
    /// <exception cref="ArgumentException">They are out of range.</exception>
    public Pool2dGeometry Checked(string op)
    {
        Check(op);
        return this;
    }

    private void Check(string op)
    {
        if (Math.Min(Kernel.Height, Kernel.Width) < 1 || Math.Min(Stride.Height, Stride.Width) < 1
            || Math.Min(Dilation.Height, Dilation.Width) < 1)
        {
            throw new ArgumentException($"{op}: kernel, stride and dilation must be at least 1, "
                + $"got {Kernel}, {Stride} and {Dilation}");
        }
        if (Padding.Height < 0 || Padding.Width < 0 || 2 * Padding.Height > Kernel.Height
            || 2 * Padding.Width > Kernel.Width)
        {
            throw new ArgumentException($"{op}: the padding must be between 0 and half the kernel "
                + $"{Kernel}, got {Padding}");
        }
    }

    private int Output(int size, int kernel, int stride, int pad, int dilation)
    {
        var room = size + (2 * pad) - (dilation * (kernel - 1)) - 1;
        var steps = (int)Math.Floor((room + (CeilMode ? stride - 1.0 : 0.0)) / stride);
        return CeilMode && steps * stride >= size + pad ? steps : steps + 1;
    }
}
