using System.Runtime.CompilerServices;
using static Nabla.Kernels.Cpu.WinogradPoints;

namespace Nabla.Kernels.Cpu;

/// <summary>F(4, 3) at the points 0, ±¾, ±3/2 and ∞ of <see cref="WinogradPoints"/>.</summary>
internal readonly unsafe struct WinogradForm4 : IWinogradForm
{
    /// <inheritdoc/>
    public static int Tile => WinogradPoints.Tile;

    /// <inheritdoc/>
    public static int Taps => 3;

    /// <inheritdoc/>
    public static int Stride => 1;

    /// <inheritdoc/>
    public static int TargetStride => 1;

    /// <inheritdoc/>
    public static int Points => 6;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var d0 = V.Load(source);
        var d1 = V.Load(source + sourceStep);
        var d2 = V.Load(source + (2 * sourceStep));
        var d3 = V.Load(source + (3 * sourceStep));
        var d4 = V.Load(source + (4 * sourceStep));
        var d5 = V.Load(source + (5 * sourceStep));
        var sum = V.Broadcast(-A2 - B2);
        var product = V.Broadcast(A2 * B2);
        V.Store(V.Fma(product, d0, V.Fma(sum, d2, d4)), target);
        V.Store(V.Fma(product, d1, V.Fma(sum, d3, d5)), target + (5 * targetStep));

        var even = V.Fma(V.Broadcast(-B2), d2, d4);
        var odd = V.Fma(V.Broadcast(-A * B2), d1, V.Broadcast(A) * d3);
        V.Store(even + odd, target + targetStep);
        V.Store(even - odd, target + (2 * targetStep));

        even = V.Fma(V.Broadcast(-A2), d2, d4);
        odd = V.Fma(V.Broadcast(-A2 * B), d1, V.Broadcast(B) * d3);
        V.Store(even + odd, target + (3 * targetStep));
        V.Store(even - odd, target + (4 * targetStep));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var g0 = V.Load(source);
        var g1 = V.Load(source + sourceStep);
        var g2 = V.Load(source + (2 * sourceStep));
        V.Store(V.Broadcast(Norm0) * g0, target);
        V.Store(g2, target + (5 * targetStep));

        var even = V.Broadcast(NormA) * V.Fma(V.Broadcast(A2), g2, g0);
        var odd = V.Broadcast(NormA * A) * g1;
        V.Store(even + odd, target + targetStep);
        V.Store(even - odd, target + (2 * targetStep));

        even = V.Broadcast(NormB) * V.Fma(V.Broadcast(B2), g2, g0);
        odd = V.Broadcast(NormB * B) * g1;
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
        var (evenA, oddA, evenB, oddB) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4);
        V.Store(V.Load(source) + evenA + evenB, target);
        V.Store(V.Fma(V.Broadcast(B), oddB, V.Broadcast(A) * oddA), target + targetStep);
        V.Store(
            V.Fma(V.Broadcast(B2), evenB, V.Broadcast(A2) * evenA), target + (2 * targetStep));
        V.Store(
            V.Fma(
                V.Broadcast(B3),
                oddB,
                V.Fma(V.Broadcast(A3), oddA, V.Load(source + (5 * sourceStep)))),
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
        V.Store(y0, target);
        V.Store(y3, target + (5 * targetStep));

        var even = V.Fma(V.Broadcast(A2), y2, y0);
        var odd = V.Fma(V.Broadcast(A3), y3, V.Broadcast(A) * y1);
        V.Store(even + odd, target + targetStep);
        V.Store(even - odd, target + (2 * targetStep));

        even = V.Fma(V.Broadcast(B2), y2, y0);
        odd = V.Fma(V.Broadcast(B3), y3, V.Broadcast(B) * y1);
        V.Store(even + odd, target + (3 * targetStep));
        V.Store(even - odd, target + (4 * targetStep));
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
            V.Fma(
                V.Broadcast(A2),
                evenA,
                V.Fma(V.Broadcast(B2), evenB, V.Load(source + (5 * sourceStep)))),
            target + (2 * targetStep));
    }
}
