using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>How many numbers the lines of a form have.</summary>
internal static class WinogradForm<F> where F : struct, IWinogradForm
{
    /// <summary>Points of a line.</summary>
    public static int Count => F.Points;

    /// <summary>Points, and so products, of a tile.</summary>
    public static int Products => Count * Count;

    /// <summary>Weights of a tile.</summary>
    public static int Weights => F.Taps * F.Taps;
}

/// <summary>Bᵀ: the input to the points.</summary>
internal readonly unsafe struct WinogradInputLine<F> : IWinogradLine
    where F : struct, IWinogradForm
{
    public static int From => WinogradForm<F>.Count;

    public static int To => WinogradForm<F>.Count;

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        F.WeightsGrad<V>(source, sourceStep, target, targetStep);
}
