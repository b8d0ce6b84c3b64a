namespace Nabla.Kernels.Cpu;

/// <summary>The sizes of a group normalization of (Samples, Channels, Pixels).</summary>
internal readonly record struct GroupNormShape(
    long Samples, long Channels, long Pixels, long Groups)
{
    /// <summary>Groups of all samples.</summary>
    public long Rows => Samples * Groups;

    /// <summary>Channels of a group.</summary>
    public long PerGroup => Channels / Groups;

    /// <summary>Numbers of a group.</summary>
    public long RowSize => PerGroup * Pixels;
}
