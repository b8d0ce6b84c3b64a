using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>The function a convolution ends with.</summary>
public enum ConvActivation : byte
{
    /// <summary>None: the sum as it is.</summary>
    None,

    /// <summary>min(max(x, Min), Max); NaN stays NaN. ReLU is 0 to ∞, ReLU6 is 0 to 6.</summary>
    Clamp,
}

/// <summary>
/// What a convolution does before it stores: y ← act(Σ + bias + residual). The default stores the
/// plain sum.
/// </summary>
public readonly unsafe struct ConvEpilogue
{
    /// <summary>One number for each channel of the output, or null.</summary>
    public float* Bias { get; init; }

    /// <summary>A tensor of the output's shape and layout that is added, or null. It must not
    /// overlap the output.</summary>
    public float* Residual { get; init; }

    /// <summary>Applied last.</summary>
    public ConvActivation Activation { get; init; }

    /// <summary>The least number that <see cref="ConvActivation.Clamp"/> lets through.</summary>
    public float Min { get; init; }

    /// <summary>The greatest number that <see cref="ConvActivation.Clamp"/> lets through.</summary>
    public float Max { get; init; }

    /// <summary>Whether anything is left to do once the bias is added.</summary>
    internal bool HasFinish => Residual != null || Activation != ConvActivation.None;

    /// <summary>The bounds for a kernel that always clamps.</summary>
    internal (float Min, float Max) Bounds => Activation == ConvActivation.Clamp
        ? (Min, Max)
        : (float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>Adds the residual and applies the activation to numbers that lie side by side and
    /// have their bias: for kernels that can't do it in registers, while they are in L1.</summary>
    /// <param name="y">The output's first number.</param>
    /// <param name="first">Where the numbers begin in the output.</param>
    /// <param name="count">How many they are.</param>
    internal void Finish(float* y, nint first, nint count)
    {
        var residual = Residual == null ? null : Residual + first;
        if (Avx512F.IsSupported)
        {
            Finish<F32x16>(y + first, residual, count);
        }
        else if (Avx2.IsSupported && Fma.IsSupported)
        {
            Finish<F32x8>(y + first, residual, count);
        }
        else
        {
            Finish<F32x4>(y + first, residual, count);
        }
    }

    /// <summary>The activation as bounds: the second operand of a minimum or maximum is what a NaN
    /// lets through.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Clamp<V>(V x, V min, V max) where V : unmanaged, IF32Lanes<V> =>
        V.MinOrSecond(max, V.MaxOrSecond(min, x));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Finish<V>(float* y, float* residual, nint count)
        where V : unmanaged, IF32Lanes<V>
    {
        var (least, greatest) = Bounds;
        var min = V.Const(least);
        var max = V.Const(greatest);
        nint i = 0;
        for (; i + V.Count <= count; i += V.Count)
        {
            var x = V.Load(y + i);
            if (residual != null)
            {
                x += V.Load(residual + i);
            }

            V.Store(Clamp(x, min, max), y + i);
        }

        if (i < count)
        {
            var x = V.LoadPart(y + i, count - i);
            if (residual != null)
            {
                x += V.LoadPart(residual + i, count - i);
            }

            V.StorePart(Clamp(x, min, max), y + i, count - i);
        }
    }
}
