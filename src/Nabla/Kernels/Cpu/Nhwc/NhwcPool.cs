using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>Pooling of channels-last images (N, H, W, C).</summary>
internal static unsafe class NhwcPool
{
    /// <summary>The maximum of each window; NaN wins.</summary>
    public static void Max(float* x, float* y, int images, int channels, in PoolWindow window)
    {
        if (Avx512F.IsSupported)
        {
            NhwcMaxPool<F32x16>.Run(x, y, images, channels, in window);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            NhwcMaxPool<F32x8>.Run(x, y, images, channels, in window);
        }
        else
        {
            NhwcMaxPool<F32x4>.Run(x, y, images, channels, in window);
        }
    }

    /// <summary>Averages to a given size.</summary>
    public static void AdaptiveAverage(
        float* x, float* y, int images, int height, int width, int channels, int outHeight,
        int outWidth)
    {
        if (Avx512F.IsSupported)
        {
            NhwcAveragePool<F32x16>.Run(
                x, y, images, height, width, channels, outHeight, outWidth);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            NhwcAveragePool<F32x8>.Run(
                x, y, images, height, width, channels, outHeight, outWidth);
        }
        else
        {
            NhwcAveragePool<F32x4>.Run(
                x, y, images, height, width, channels, outHeight, outWidth);
        }
    }
}
