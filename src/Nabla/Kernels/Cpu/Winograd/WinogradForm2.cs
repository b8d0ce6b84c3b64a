using System.Runtime.CompilerServices;
using static Nabla.Kernels.Cpu.WinogradPoints;

namespace Nabla.Kernels.Cpu;

/// <summary>F(2, 5): weights of 5 × 5 at the points of F(4, 3), for as many neighbours take part
/// in a tile. 36 products stand for 100.</summary>
internal readonly unsafe struct WinogradForm2 : IWinogradForm
{
    /// <inheritdoc/>
    public static int Tile => 2;

    /// <inheritdoc/>
    public static int Taps => 5;

    /// <inheritdoc/>
    public static int Stride => 1;

    /// <inheritdoc/>
    public static int TargetStride => 1;

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
        where V : unmanaged, IConvVector<V>
    {
        var g0 = V.Load(source);
        var g1 = V.Load(source + sourceStep);
        var g2 = V.Load(source + (2 * sourceStep));
        var g3 = V.Load(source + (3 * sourceStep));
        var g4 = V.Load(source + (4 * sourceStep));
        V.Store(V.Broadcast(Norm0) * g0, target);
        V.Store(g4, target + (5 * targetStep));

        var even = V.Broadcast(NormA)
            * V.Fma(V.Broadcast(A4), g4, V.Fma(V.Broadcast(A2), g2, g0));
        var odd = V.Broadcast(NormA) * V.Fma(V.Broadcast(A3), g3, V.Broadcast(A) * g1);
        V.Store(even + odd, target + targetStep);
        V.Store(even - odd, target + (2 * targetStep));

        even = V.Broadcast(NormB)
            * V.Fma(V.Broadcast(B4), g4, V.Fma(V.Broadcast(B2), g2, g0));
        odd = V.Broadcast(NormB) * V.Fma(V.Broadcast(B3), g3, V.Broadcast(B) * g1);
        V.Store(even + odd, target + (3 * targetStep));
        V.Store(even - odd, target + (4 * targetStep));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var m1 = V.Load(source + sourceStep);
        var m2 = V.Load(source + (2 * sourceStep));
        var m3 = V.Load(source + (3 * sourceStep));
        var m4 = V.Load(source + (4 * sourceStep));
        V.Store(V.Load(source) + (m1 + m2) + (m3 + m4), target);
        V.Store(
            V.Fma(
                V.Broadcast(B),
                m3 - m4,
                V.Fma(V.Broadcast(A), m1 - m2, V.Load(source + (5 * sourceStep)))),
            target + targetStep);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGrad<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var y0 = V.Load(source);
        var y1 = V.Load(source + sourceStep);
        V.Store(y0, target);
        V.Store(V.Fma(V.Broadcast(A), y1, y0), target + targetStep);
        V.Store(V.Fma(V.Broadcast(-A), y1, y0), target + (2 * targetStep));
        V.Store(V.Fma(V.Broadcast(B), y1, y0), target + (3 * targetStep));
        V.Store(V.Fma(V.Broadcast(-B), y1, y0), target + (4 * targetStep));
        V.Store(y1, target + (5 * targetStep));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WeightsGrad<V>(
        float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var u1 = V.Load(source + sourceStep);
        var u2 = V.Load(source + (2 * sourceStep));
        var u3 = V.Load(source + (3 * sourceStep));
        var u4 = V.Load(source + (4 * sourceStep));
        var evenA = V.Broadcast(NormA) * (u1 + u2);
        var oddA = V.Broadcast(NormA * A) * (u1 - u2);
        var evenB = V.Broadcast(NormB) * (u3 + u4);
        var oddB = V.Broadcast(NormB * B) * (u3 - u4);
        V.Store(V.Fma(V.Broadcast(Norm0), V.Load(source), evenA + evenB), target);
        V.Store(oddA + oddB, target + targetStep);
        V.Store(
            V.Fma(V.Broadcast(A2), evenA, V.Broadcast(B2) * evenB), target + (2 * targetStep));
        V.Store(V.Fma(V.Broadcast(A2), oddA, V.Broadcast(B2) * oddB), target + (3 * targetStep));
        V.Store(
            V.Fma(
                V.Broadcast(A4),
                evenA,
                V.Fma(V.Broadcast(B4), evenB, V.Load(source + (5 * sourceStep)))),
            target + (4 * targetStep));
    }
}
