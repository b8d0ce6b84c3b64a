namespace Nabla.Kernels.Cpu;

/// <summary>
/// The sizes of a convolution whose output is average-pooled in windows that lie side by side: what
/// is left over at the right and at the bottom is in no window.
/// </summary>
/// <param name="Conv">The convolution.</param>
/// <param name="PoolH">Rows of a window.</param>
/// <param name="PoolW">Columns of a window.</param>
/// <param name="Divisor">What a window's sum is divided by.</param>
public readonly record struct ConvPoolShape(Conv2dShape Conv, int PoolH, int PoolW, int Divisor)
{
    /// <summary>Rows of the output.</summary>
    public int OutH => Conv.OutH / PoolH;

    /// <summary>Columns of the output.</summary>
    public int OutW => Conv.OutW / PoolW;

    internal int OutSize => OutH * OutW;
}
