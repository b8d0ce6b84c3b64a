namespace Nabla.Kernels.Cpu;

/// <summary>
/// The geometry of a 2-d pooling over planes of <see cref="Height"/> × <see cref="Width"/>. A 1-d
/// pooling is one of height 1. Planes have fewer than 2³¹ elements.
/// </summary>
internal readonly record struct PoolWindow(int Height, int Width)
{
    /// <summary>Rows of a window.</summary>
    public int KernelHeight { get; init; } = 1;

    /// <summary>Columns of a window.</summary>
    public int KernelWidth { get; init; } = 1;

    /// <summary>Rows from a window to the one below.</summary>
    public int StrideHeight { get; init; } = 1;

    /// <summary>Columns from a window to the one on its right.</summary>
    public int StrideWidth { get; init; } = 1;

    /// <summary>Rows of padding above and below; at most half the kernel.</summary>
    public int PadHeight { get; init; }

    /// <summary>Columns of padding left and right; at most half the kernel.</summary>
    public int PadWidth { get; init; }

    /// <summary>Rows from one tap of a window to the next (maximum pooling only).</summary>
    public int DilationHeight { get; init; } = 1;

    /// <summary>Columns from one tap of a window to the next (maximum pooling only).</summary>
    public int DilationWidth { get; init; } = 1;

    /// <summary>
    /// Round output sizes up: windows may hang over the lower right padding, but none begins there.
    /// </summary>
    public bool CeilMode { get; init; }

    /// <summary>Rows of the output.</summary>
    public int OutHeight => Output(
        Height, KernelHeight, StrideHeight, PadHeight, DilationHeight, CeilMode);

    /// <summary>Columns of the output.</summary>
    public int OutWidth => Output(
        Width, KernelWidth, StrideWidth, PadWidth, DilationWidth, CeilMode);

    /// <summary>
    /// The output columns [start, end) whose windows touch no padding on the left or right.
    /// </summary>
    public (int Start, int End) InsideColumns
    {
        get
        {
            var last = Width - 1 - ((KernelWidth - 1) * DilationWidth) + PadWidth;
            var end = last < 0 ? 0 : Math.Min(OutWidth, (last / StrideWidth) + 1);
            var start = (PadWidth + StrideWidth - 1) / StrideWidth;
            return (Math.Min(start, end), end);
        }
    }

    /// <summary>
    /// ⌊(input + 2·pad − dilation·(kernel − 1) − 1) / stride⌋ + 1, or ⌈…⌉ + 1 in ceil mode less a
    /// last window that would begin in the padding (torch.nn.MaxPool2d, torch.nn.AvgPool2d).
    /// </summary>
    public static int Output(
        int input, int kernel, int stride, int pad, int dilation, bool ceilMode)
    {
        var room = input + (2 * pad) - (dilation * (kernel - 1)) - 1;
        var steps = (int)Math.Floor((room + (ceilMode ? stride - 1.0 : 0.0)) / stride);
        return ceilMode && steps * stride >= input + pad ? steps : steps + 1;
    }
}
