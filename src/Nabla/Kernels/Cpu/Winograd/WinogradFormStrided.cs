using System.Runtime.CompilerServices;
using static Nabla.Kernels.Cpu.WinogradForm3;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// F(4, 2) for weights of 4 × 4 with stride 2, at the points of F(3, 3): even and odd rows and
/// columns are four images, its phases, and each meets 2 × 2 of the weights with stride 1. 100
/// products stand for 256.
/// </summary>
internal readonly unsafe struct WinogradFormStrided : IWinogradForm
{
    private const float A3 = A * A * A;
    private const float B3 = B * B * B;

    /// <inheritdoc/>
    public static int Tile => 4;

    /// <inheritdoc/>
    public static int Taps => 2;

    /// <inheritdoc/>
    public static int Stride => 2;

    /// <inheritdoc/>
    public static int TargetStride => 1;

    /// <inheritdoc/>
    public static int Points => 5;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V> =>
        WinogradForm3.Input<V>(source, sourceStep, target, targetStep);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var g0 = V.Load(source);
        var g1 = V.Load(source + sourceStep);
        var even = V.Broadcast(NormA) * g0;
        var odd = V.Broadcast(NormA * A) * g1;
        V.Store(even + odd, target);
        V.Store(even - odd, target + targetStep);

        even = V.Broadcast(NormB) * g0;
        odd = V.Broadcast(NormB * B) * g1;
        V.Store(even + odd, target + (2 * targetStep));
        V.Store(even - odd, target + (3 * targetStep));
        V.Store(g1, target + (4 * targetStep));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var m0 = V.Load(source);
        var m1 = V.Load(source + sourceStep);
        var m2 = V.Load(source + (2 * sourceStep));
        var m3 = V.Load(source + (3 * sourceStep));
        var (evenA, oddA, evenB, oddB) = (m0 + m1, m0 - m1, m2 + m3, m2 - m3);
        V.Store(evenA + evenB, target);
        V.Store(V.Fma(V.Broadcast(B), oddB, V.Broadcast(A) * oddA), target + targetStep);
        V.Store(
            V.Fma(V.Broadcast(B * B), evenB, V.Broadcast(A * A) * evenA),
            target + (2 * targetStep));
        V.Store(
            V.Fma(
                V.Broadcast(B3),
                oddB,
                V.Fma(V.Broadcast(A3), oddA, V.Load(source + (4 * sourceStep)))),
            target + (3 * targetStep));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGrad<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var y0 = V.Load(source);
        var y1 = V.Load(source + sourceStep);
        var y2 = V.Load(source + (2 * sourceStep));
        var y3 = V.Load(source + (3 * sourceStep));
        var even = V.Fma(V.Broadcast(A * A), y2, y0);
        var odd = V.Fma(V.Broadcast(A3), y3, V.Broadcast(A) * y1);
        V.Store(even + odd, target);
        V.Store(even - odd, target + targetStep);

        even = V.Fma(V.Broadcast(B * B), y2, y0);
        odd = V.Fma(V.Broadcast(B3), y3, V.Broadcast(B) * y1);
        V.Store(even + odd, target + (2 * targetStep));
        V.Store(even - odd, target + (3 * targetStep));
        V.Store(y3, target + (4 * targetStep));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightsGrad<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var u0 = V.Load(source);
        var u1 = V.Load(source + sourceStep);
        var u2 = V.Load(source + (2 * sourceStep));
        var u3 = V.Load(source + (3 * sourceStep));
        V.Store(
            V.Fma(V.Broadcast(NormB), u2 + u3, V.Broadcast(NormA) * (u0 + u1)), target);
        V.Store(
            V.Fma(
                V.Broadcast(NormB * B),
                u2 - u3,
                V.Fma(
                    V.Broadcast(NormA * A), u0 - u1, V.Load(source + (4 * sourceStep)))),
            target + targetStep);
    }
}
