namespace Nabla.Kernels.Cpu;

/// <summary>
/// The points of F(4, 3) and F(2, 5): 0, ±¾, ±3/2 and ∞. Their powers stay near 1, which halves the
/// rounding error of the usual 0, ±1, ±2, ∞; and every constant of the input's map is exact in
/// float32.
/// (Winograd, "Arithmetic Complexity of Computations", 1980; Lavin and Gray, "Fast Algorithms for
/// Convolutional Neural Networks", 2016; Barabasz et al., "Error Analysis and Improving the
/// Accuracy of Winograd Convolution for Deep Neural Networks", 2020.)
/// </summary>
internal static class WinogradPoints
{
    /// <summary>Points, and so products, of a line: 4 outputs + 3 weights − 1, or 2 + 5 − 1.
    /// </summary>
    public const int Count = 6;

    /// <summary>Products of a tile.</summary>
    public const int Products = Count * Count;

    /// <summary>Outputs of a line of 3 weights.</summary>
    public const int Tile = 4;

    /// <summary>Weights of the longest line of any form.</summary>
    public const int MaxTaps = 5;

    /// <summary>The inner point.</summary>
    public const float A = 0.75f;

    /// <summary>The outer point.</summary>
    public const float B = 1.5f;

    public const float A2 = A * A;

    public const float B2 = B * B;

    public const float A3 = A2 * A;

    public const float B3 = B2 * B;

    public const float A4 = A2 * A2;

    public const float B4 = B2 * B2;

    /// <summary>1 / ∏ (p − q) over the other points q, for p = 0.</summary>
    public const float Norm0 = (float)(1 / (0.5625 * 2.25));

    /// <summary>The same for p = ±<see cref="A"/>.</summary>
    public const float NormA = (float)(1 / (2 * 0.5625 * (0.5625 - 2.25)));

    /// <summary>The same for p = ±<see cref="B"/>.</summary>
    public const float NormB = (float)(1 / (2 * 2.25 * (2.25 - 0.5625)));
}
