using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Convolution, an elementwise chain and average pooling in one pass, and all their gradients in
/// another: as many images as a register has lanes go through all of it while they are in cache.
/// </summary>
/// <remarks>
/// What the gradients need of the values before the pooling is kept in the pass's own order,
/// [images / lanes][channel][row][column][lane]. Results are equal bit for bit whatever the number
/// of threads.
/// </remarks>
public static unsafe class ConvPoolKernels
{
    /// <summary>Planes of so many bytes still pay: they stay in the second-level cache, or almost.
    /// </summary>
    private const long MaxBytes = 1280 * 1024;

    private static int Lanes => Avx512F.IsSupported ? ConvVector512.Count
        : Avx2.IsSupported && Fma.IsSupported ? ConvVector256.Count
        : ConvVector128.Count;

    /// <summary>
    /// Whether the passes can do it and pay: stride 1, one group, images for all lanes, planes that
    /// stay in cache, and no better algorithm.
    /// </summary>
    public static bool Suits(in ConvPoolShape shape)
    {
        var s = shape.Conv;
        if (s is not { StrideH: 1, StrideW: 1, Groups: 1, C: > 0, K: > 0, R: > 0, S: > 0 }
            || s.N < Lanes || shape.OutSize == 0 || Winograd.Suits(in s)
            || s.PadH > (s.R - 1) * s.DilationH || s.PadW > (s.S - 1) * s.DilationW)
        {
            return false;
        }

        var pixels = ((long)s.C * (s.H + (2 * s.PadH)) * (s.W + (2 * s.PadW)))
            + ((long)s.K * s.OutH * s.OutW);
        return pixels * Lanes * sizeof(float) <= MaxBytes;
    }

    /// <summary>The numbers in a tensor of values before the pooling.</summary>
    public static long ValueCount(in ConvPoolShape shape) =>
        ConvPoolPlan.Of(in shape, Lanes).ValueCount;

    /// <summary>y = pool(chain(x ⋆ w + bias)).</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="w">(K, C, R, S).</param>
    /// <param name="bias">(K), or null.</param>
    /// <param name="chain">A chain; its first output is pooled.</param>
    /// <param name="inputs">What the chain reads: the flow and constants.</param>
    /// <param name="sums">Where the convolution's sums are kept, or null.</param>
    /// <param name="values">For each output of the chain where it is kept; the first may be null.
    /// </param>
    /// <param name="y">(N, K, OutH, OutW); overwritten.</param>
    /// <param name="shape">The sizes.</param>
    public static void Forward(
        float* x, float* w, float* bias, FusedProgram chain, ConvPoolInput* inputs, float* sums,
        float** values, float* y, in ConvPoolShape shape)
    {
        if (Avx512F.IsSupported)
        {
            ConvPool<ConvVector512>.Run(in shape, x, w, bias, chain, inputs, sums, values, y);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            ConvPool<ConvVector256>.Run(in shape, x, w, bias, chain, inputs, sums, values, y);
        }
        else
        {
            ConvPool<ConvVector128>.Run(in shape, x, w, bias, chain, inputs, sums, values, y);
        }
    }

    /// <summary>The gradients for x, w and bias.</summary>
    /// <param name="x">(N, C, H, W).</param>
    /// <param name="w">(K, C, R, S).</param>
    /// <param name="gy">(N, K, OutH, OutW).</param>
    /// <param name="chain">A chain that gives the gradient of the convolution's output.</param>
    /// <param name="inputs">What the chain reads.</param>
    /// <param name="gx">(N, C, H, W), or null; overwritten.</param>
    /// <param name="gw">(K, C, R, S), or null; overwritten.</param>
    /// <param name="gb">(K), or null; overwritten.</param>
    /// <param name="shape">The sizes.</param>
    public static void Backward(
        float* x, float* w, float* gy, FusedProgram chain, ConvPoolInput* inputs, float* gx,
        float* gw, float* gb, in ConvPoolShape shape)
    {
        if (Avx512F.IsSupported)
        {
            ConvPoolGrad<ConvVector512>.Run(in shape, x, w, gy, chain, inputs, gx, gw, gb);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            ConvPoolGrad<ConvVector256>.Run(in shape, x, w, gy, chain, inputs, gx, gw, gb);
        }
        else
        {
            ConvPoolGrad<ConvVector128>.Run(in shape, x, w, gy, chain, inputs, gx, gw, gb);
        }
    }
}
