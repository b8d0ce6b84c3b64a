using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>How many numbers the lines of a form have.</summary>
internal static class WinogradForm<F> where F : struct, IWinogradForm
{
    /// <summary>Points of a line.</summary>
    public static int Count => F.Points;

    /// <summary>Points, and so products, of a tile.</summary>
    public static int Products => Count * Count;

    /// <summary>Phases of the input, and of the weights.</summary>
    public static int Phases => F.Stride * F.Stride;

    /// <summary>Weights of a line, all phases taken together.</summary>
    public static int Line =>
        F.TargetStride == 1 ? F.Taps * F.Stride : (F.Taps - 1) * F.TargetStride;

    /// <summary>Weights of an output and an input channel.</summary>
    public static int Weights => Line * Line;

    /// <summary>Phases of the target.</summary>
    public static int TargetPhases => F.TargetStride * F.TargetStride;

    /// <summary>Whether the weights of a phase of the target are 0 at a point: the even lines'
    /// last tap is 0, and so they are at the last point, ∞; the odd ones' first, and so at the
    /// first, 0.</summary>
    public static bool IsZero(int phase, int point)
    {
        if (F.TargetStride == 1)
        {
            return false;
        }

        var (row, column) = (phase / F.TargetStride, phase % F.TargetStride);
        return point / Count == (row == 0 ? Count - 1 : 0)
            || point % Count == (column == 0 ? Count - 1 : 0);
    }

    /// <summary>Source channels at the points.</summary>
    public static int Channels<V>(int channels) where V : unmanaged, IConvVector<V> =>
        WinogradSource.PointChannels<V>(channels, F.Stride);
}

/// <summary>Bᵀ: the input to the points.</summary>
internal readonly unsafe struct WinogradInputLine<F> : IWinogradLine
    where F : struct, IWinogradForm
{
    public static int From => WinogradForm<F>.Count;

    public static int To => WinogradForm<F>.Count;

    public static int Stride => F.Stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        F.Input<V>(source, sourceStep, target, targetStep);
}

/// <summary>G: the weights to the points.</summary>
internal readonly unsafe struct WinogradWeightLine<F> : IWinogradLine
    where F : struct, IWinogradForm
{
    public static int From => F.Taps;

    public static int To => WinogradForm<F>.Count;

    public static int Stride => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        F.Weights<V>(source, sourceStep, target, targetStep);
}

/// <summary>Aᵀ: from the points to the outputs.</summary>
internal readonly unsafe struct WinogradOutputLine<F> : IWinogradLine
    where F : struct, IWinogradForm
{
    public static int From => WinogradForm<F>.Count;

    public static int To => F.Tile;

    public static int Stride => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        F.Output<V>(source, sourceStep, target, targetStep);
}

/// <summary>A: the outputs' gradient to the points; the transpose of
/// <see cref="WinogradOutputLine{F}"/>.</summary>
internal readonly unsafe struct WinogradOutputGradLine<F> : IWinogradLine
    where F : struct, IWinogradForm
{
    public static int From => F.Tile;

    public static int To => WinogradForm<F>.Count;

    public static int Stride => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        F.OutputGrad<V>(source, sourceStep, target, targetStep);
}

/// <summary>Gᵀ: from the points to the weights' gradient; the transpose of
/// <see cref="WinogradWeightLine{F}"/>.</summary>
internal readonly unsafe struct WinogradWeightGradLine<F> : IWinogradLine
    where F : struct, IWinogradForm
{
    public static int From => WinogradForm<F>.Count;

    public static int To => F.Taps;

    public static int Stride => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        F.WeightsGrad<V>(source, sourceStep, target, targetStep);
}
