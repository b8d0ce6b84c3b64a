namespace Nabla.Kernels.Cpu;

/// <summary>The targets that see the same taps, and where their tables are.</summary>
internal unsafe struct ConvPhase
{
    public int H;
    public int W;

    /// <summary>Rows of targets.</summary>
    public int CountH;

    /// <summary>Targets of a row.</summary>
    public int CountW;

    /// <summary>Taps of a target.</summary>
    public int Taps;

    /// <summary>Taps that read the same row of the source.</summary>
    public int RowTaps;

    /// <summary>Packed weights of the group.</summary>
    public float* Weights;

    public nint* Offsets;

    /// <summary>For each row of targets, the rows of taps that read anything but padding.</summary>
    public ConvTapRange* UsefulH;

    /// <summary>The same for columns.</summary>
    public ConvTapRange* UsefulW;
}

/// <summary>Taps First … End − 1 along an axis.</summary>
internal readonly record struct ConvTapRange(int First, int End)
{
    /// <summary>The smallest range that holds both.</summary>
    public static ConvTapRange Union(ConvTapRange a, ConvTapRange b) =>
        new(Math.Min(a.First, b.First), Math.Max(a.End, b.End));
}
