using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Transposed convolutions of channels-last images, (N, OutH, OutW, K) to (N, H, W, C) by the
/// sizes of the convolution that is transposed, with weights packed once: for inference. The packed
/// form depends on the machine's SIMD level.
/// </summary>
/// <remarks>Results are equal bit for bit whatever the number of threads.</remarks>
public static unsafe class NhwcConvTranspose
{
    /// <summary>Pixels of a row that would fill less than a half of the largest tile.</summary>
    private const int ShortRow = 5;

    /// <summary>Numbers that packed weights and bias take.</summary>
    public static nint PackedSize(in Conv2dShape s) =>
        Avx512F.IsSupported ? Size<F32x16>(in s)
        : Avx2.IsSupported && Fma.IsSupported ? Size<F32x8>(in s)
        : Size<F32x4>(in s);

    /// <summary>Packs weights and bias.</summary>
    /// <param name="s">The sizes of the convolution that is transposed.</param>
    /// <param name="weights">(K, C/Groups, R, S).</param>
    /// <param name="bias">(C), or null for zeros.</param>
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

    /// <summary>y = act(x through the weights + bias + residual).</summary>
    /// <param name="s">The sizes of the convolution that is transposed.</param>
    /// <param name="x">The input.</param>
    /// <param name="packed">What <see cref="Pack(in Conv2dShape, float*, float*, float*)"/> wrote.
    /// </param>
    /// <param name="y">The output.</param>
    /// <param name="epilogue">Residual, channels last, and activation; its bias is not used.
    /// </param>
    public static void Forward(
        in Conv2dShape s, float* x, float* packed, float* y, in ConvEpilogue epilogue)
    {
        if (Avx512F.IsSupported)
        {
            Forward<F32x16>(in s, x, packed, y, in epilogue);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Forward<F32x8>(in s, x, packed, y, in epilogue);
        }
        else
        {
            Forward<F32x4>(in s, x, packed, y, in epilogue);
        }
    }

    internal static nint Size<V>(in Conv2dShape s) where V : unmanaged, IF32Lanes<V> =>
        NhwcTurned.Of(in s) is { } turned ? NhwcConv.Size<V>(turned.Shape)
        : SuitsProducts<V>(in s) ? NhwcProducts<V>.Size(in s)
        : NhwcTransposed<V>.Size(in s);

    internal static void Pack<V>(in Conv2dShape s, float* weights, float* bias, float* packed)
        where V : unmanaged, IF32Lanes<V>
    {
        if (NhwcTurned.Of(in s) is { } turned)
        {
            turned.Pack<V>(weights, bias, packed);
        }
        else if (SuitsProducts<V>(in s))
        {
            NhwcProducts<V>.Pack(in s, weights, bias, packed);
        }
        else
        {
            NhwcTransposed<V>.Pack(in s, weights, bias, packed);
        }
    }

    internal static void Forward<V>(
        in Conv2dShape s, float* x, float* packed, float* y, in ConvEpilogue epilogue)
        where V : unmanaged, IF32Lanes<V>
    {
        if (NhwcTurned.Of(in s) is { } turned)
        {
            NhwcConv.Forward<V>(turned.Shape, false, x, packed, y, in epilogue);
        }
        else if (SuitsProducts<V>(in s))
        {
            NhwcProducts<V>.Run(in s, x, packed, y, in epilogue);
        }
        else
        {
            NhwcTransposed<V>.Run(in s, x, packed, y, in epilogue);
        }
    }

    /// <summary>Whether to multiply first and add then: outputs of few channels would leave most
    /// of a register empty, and short rows most of a tile.</summary>
    private static bool SuitsProducts<V>(in Conv2dShape s) where V : unmanaged, IF32Lanes<V> =>
        s.Groups == 1 && (s.R > s.StrideH || s.S > s.StrideW)
        && (2 * s.C <= V.Count || (s.OutW < ShortRow && NhwcTiles.MaxRows<V>() > NhwcTiles.Half));
}
