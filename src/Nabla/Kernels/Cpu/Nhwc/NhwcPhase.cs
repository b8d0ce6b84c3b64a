namespace Nabla.Kernels.Cpu;

/// <summary>
/// The targets of a transposed convolution, along one axis, that the same taps reach: every
/// stride-th one. They are an ordinary convolution with stride 1 of the source by these taps,
/// turned round.
/// </summary>
internal readonly record struct NhwcPhase
{
    private readonly int _firstTap;
    private readonly int _tapStep;

    /// <param name="first">The first target, below the stride.</param>
    /// <param name="targets">Targets along the axis.</param>
    /// <param name="kernel">Taps along the axis.</param>
    /// <param name="stride">Targets between what two neighbours of the source reach.</param>
    /// <param name="pad">Targets cut off at the start.</param>
    /// <param name="dilation">Targets from one tap to the next.</param>
    public NhwcPhase(int first, int targets, int kernel, int stride, int pad, int dilation)
    {
        // Target p and source i meet in tap r where p + pad = i·stride + r·dilation.
        var common = Gcd(stride, dilation);
        _tapStep = stride / common;
        First = first;
        Count = Math.Max(0, (targets - first + stride - 1) / stride);
        Step = dilation / common;
        var (at, tap) = (first + pad, 0L);
        while (tap < Math.Min(kernel, _tapStep) && (at - (tap * dilation)) % stride != 0)
        {
            tap++;
        }

        if (tap < Math.Min(kernel, _tapStep))
        {
            _firstTap = (int)tap;
            Taps = ((kernel - 1 - _firstTap) / _tapStep) + 1;
            Source = (int)((at - (Tap(0) * (long)dilation)) / stride);
        }
    }

    /// <summary>The first target.</summary>
    public int First { get; }

    /// <summary>How many targets there are.</summary>
    public int Count { get; }

    /// <summary>Taps that reach them.</summary>
    public int Taps { get; }

    /// <summary>What the first target's first tap reads; it may lie outside.</summary>
    public int Source { get; }

    /// <summary>From what one tap reads to what the next one reads.</summary>
    public int Step { get; }

    /// <summary>The tap of the kernel that is number <paramref name="index"/> here, in the order
    /// of what they read.</summary>
    public int Tap(int index) => _firstTap + ((Taps - 1 - index) * _tapStep);

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
