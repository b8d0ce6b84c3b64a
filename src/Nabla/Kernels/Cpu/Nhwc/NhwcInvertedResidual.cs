using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// y = project(depthwise(widen(x))) + residual on channels-last images, each layer with its bias
/// and limits: 1 × 1, then 3 × 3 of each channel by itself, then 1 × 1. What lies between, up to
/// some times as wide as x and y, never leaves the caches. Sandler, Howard, Zhu, Zhmoginov, Chen:
/// MobileNetV2, 2018, section 5.1.
/// </summary>
/// <remarks>Results are those of the three layers one after another, bit for bit.</remarks>
public static unsafe class NhwcInvertedResidual
{
    /// <summary>Computes y.</summary>
    /// <param name="s">The depthwise layer, 3 × 3 without dilation.</param>
    /// <param name="channels">Channels of x, or 0: x is what the depthwise layer reads.</param>
    /// <param name="outChannels">Channels of y.</param>
    /// <param name="operands">What is read and written.</param>
    public static void Forward(
        in Conv2dShape s, int channels, int outChannels, in NhwcInvertedOperands operands)
    {
        if (Avx512F.IsSupported)
        {
            NhwcInvertedBody<F32x16>.Run(in s, channels, outChannels, in operands);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            NhwcInvertedBody<F32x8>.Run(in s, channels, outChannels, in operands);
        }
        else
        {
            NhwcInvertedBody<F32x4>.Run(in s, channels, outChannels, in operands);
        }
    }

    /// <summary>The layer that widens.</summary>
    internal static Conv2dShape Widen(in Conv2dShape s, int channels) =>
        new(s.N, channels, s.H, s.W, s.C, 1, 1, 1, 1, 0, 0, 1, 1, 1);

    /// <summary>The layer that narrows.</summary>
    internal static Conv2dShape Project(in Conv2dShape s, int outChannels) =>
        new(s.N, s.C, s.OutH, s.OutW, outChannels, 1, 1, 1, 1, 0, 0, 1, 1, 1);
}

/// <summary>Operands of an inverted residual: weights as <see cref="NhwcConv"/> packs them for each
/// layer.</summary>
public unsafe struct NhwcInvertedOperands
{
    /// <summary>x (N, H, W, channels).</summary>
    public float* Source;

    /// <summary>Weights of the layer that widens, or null.</summary>
    public float* Widen;

    /// <summary>Weights of the depthwise layer.</summary>
    public float* Depthwise;

    /// <summary>Weights of the layer that narrows.</summary>
    public float* Project;

    /// <summary>y (N, OutH, OutW, outChannels).</summary>
    public float* Target;

    /// <summary>The activation of the layer that widens.</summary>
    public ConvEpilogue AfterWiden;

    /// <summary>The activation of the depthwise layer.</summary>
    public ConvEpilogue AfterDepthwise;

    /// <summary>Residual and activation of the layer that narrows.</summary>
    public ConvEpilogue AfterProject;
}
