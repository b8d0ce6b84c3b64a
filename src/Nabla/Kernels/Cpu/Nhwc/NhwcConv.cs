using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Convolutions of channels-last images, (N, H, W, C) to (N, OutH, OutW, K), with weights packed
/// once: for inference. The packed form depends on the machine's SIMD level.
/// </summary>
/// <remarks>Results are equal bit for bit whatever the number of threads.</remarks>
public static unsafe class NhwcConv
{
    /// <summary>Whether x may also be (N, C, H, W), which costs a pass over it.</summary>
    public static bool TakesChannelsFirst(in Conv2dShape s) => !IsDepthwise(in s);

    /// <summary>Numbers that packed weights and bias take.</summary>
    public static nint PackedSize(in Conv2dShape s) =>
        Avx512F.IsSupported ? Size<F32x16>(in s)
        : Avx2.IsSupported && Fma.IsSupported ? Size<F32x8>(in s)
        : Size<F32x4>(in s);

    /// <summary>Packs weights and bias.</summary>
    /// <param name="s">The sizes.</param>
    /// <param name="weights">(K, C/Groups, R, S).</param>
    /// <param name="bias">(K), or null for zeros.</param>
    /// <param name="packed">Room for <see cref="PackedSize"/> numbers, best 64-byte aligned.
    /// </param>
    public static void Pack(in Conv2dShape s, float* weights, float* bias, float* packed)
    {
        if (Avx512F.IsSupported)
        {
            Pack<F32x16>(in s, weights, bias, packed);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Pack<F32x8>(in s, weights, bias, packed);
        }
        else
        {
            Pack<F32x4>(in s, weights, bias, packed);
        }
    }

    /// <summary>y = act(x ⋆ weights + bias + residual).</summary>
    /// <param name="s">The sizes.</param>
    /// <param name="channelsFirst">x is (N, C, H, W); see <see cref="TakesChannelsFirst"/>.</param>
    /// <param name="x">The input.</param>
    /// <param name="packed">What <see cref="Pack(in Conv2dShape, float*, float*, float*)"/> wrote.
    /// </param>
    /// <param name="y">The output.</param>
    /// <param name="epilogue">Residual, channels last, and activation; its bias is not used.
    /// </param>
    public static void Forward(
        in Conv2dShape s,
        bool channelsFirst,
        float* x,
        float* packed,
        float* y,
        in ConvEpilogue epilogue)
    {
        if (Avx512F.IsSupported)
        {
            Forward<F32x16>(in s, channelsFirst, x, packed, y, in epilogue);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Forward<F32x8>(in s, channelsFirst, x, packed, y, in epilogue);
        }
        else
        {
            Forward<F32x4>(in s, channelsFirst, x, packed, y, in epilogue);
        }
    }

    internal static nint Size<V>(in Conv2dShape s) where V : unmanaged, IF32Lanes<V> =>
        IsDepthwise(in s) ? NhwcDepthwise<V>.Size(in s) : NhwcWeights.Of<V>(in s).Size;

    internal static void Pack<V>(in Conv2dShape s, float* weights, float* bias, float* packed)
        where V : unmanaged, IF32Lanes<V>
    {
        if (IsDepthwise(in s))
        {
            NhwcDepthwise<V>.Pack(in s, weights, bias, packed);
        }
        else
        {
            NhwcWeights.Of<V>(in s).Pack(weights, bias, packed);
        }
    }

    internal static void Forward<V>(
        in Conv2dShape s,
        bool channelsFirst,
        float* x,
        float* packed,
        float* y,
        in ConvEpilogue epilogue)
        where V : unmanaged, IF32Lanes<V>
    {
        if (IsDepthwise(in s))
        {
            NhwcDepthwise<V>.Run(in s, x, packed, y, in epilogue);
        }
        else if (!channelsFirst && !Numerics.Strict && Winograd.SuitsChannelsLast<V>(in s))
        {
            Winograd.ForwardChannelsLast<V>(x, packed, y, in s, in epilogue);
        }
        else
        {
            NhwcDirect<V>.Run(in s, channelsFirst, x, packed, y, in epilogue);
        }
    }

    private static bool IsDepthwise(in Conv2dShape s) =>
        s.Groups > 1 && s.Groups == s.C && s.C == s.K;
}
