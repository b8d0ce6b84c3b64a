namespace Nabla.Kernels.Cpu;

/// <summary>
/// The sizes of a two-dimensional convolution: input (N, C, H, W), weights (K, C/Groups, R, S),
/// output (N, K, OutH, OutW), all contiguous.
/// </summary>
public readonly record struct Conv2dShape(
    int N,
    int C,
    int H,
    int W,
    int K,
    int R,
    int S,
    int StrideH,
    int StrideW,
    int PadH,
    int PadW,
    int DilationH,
    int DilationW,
    int Groups)
{
    /// <summary>⌊(H + 2·PadH − DilationH·(R − 1) − 1) / StrideH⌋ + 1, not below 0.</summary>
    public int OutH => Out(H, R, StrideH, PadH, DilationH);

    /// <summary>⌊(W + 2·PadW − DilationW·(S − 1) − 1) / StrideW⌋ + 1, not below 0.</summary>
    public int OutW => Out(W, S, StrideW, PadW, DilationW);

    internal long WeightCount => (long)K * (C / Groups) * R * S;

    private static int Out(int size, int kernel, int stride, int pad, int dilation)
    {
        var room = size + (2 * pad) - (dilation * (kernel - 1)) - 1;
        return room < 0 ? 0 : (room / stride) + 1;
    }
}
