using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// F(4, 3) for the transpose of weights of 4 × 4 with stride 2: even and odd rows and columns of
/// what it makes are four images, its phases, and each comes of 2 × 2 of the weights. With a
/// padding of 1 those of the even lines reach back, of the odd ones ahead, so that all phases share
/// the 3 × 3 neighbours of a pixel. The tap that is 0 makes the weights 0 at a point of each line,
/// which is not multiplied: 100 products stand for 256.
/// </summary>
internal readonly unsafe struct WinogradFormTransposed : IWinogradForm
{
    /// <inheritdoc/>
    public static int Tile => 4;

    /// <inheritdoc/>
    public static int Taps => 3;

    /// <inheritdoc/>
    public static int Stride => 1;

    /// <inheritdoc/>
    public static int TargetStride => 2;

    /// <inheritdoc/>
    public static int Points => 6;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        WinogradForm4.Input<V>(source, sourceStep, target, targetStep);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        WinogradForm4.Weights<V>(source, sourceStep, target, targetStep);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        WinogradForm4.Output<V>(source, sourceStep, target, targetStep);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGrad<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        WinogradForm4.OutputGrad<V>(source, sourceStep, target, targetStep);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightsGrad<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        WinogradForm4.WeightsGrad<V>(source, sourceStep, target, targetStep);
}
