using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// F(3, 3) at the points ±½, ±5/4 and ∞, for images whose sides tiles of 3 fit better. Without the
/// point 0, of these the most accurate that were tried; every constant of the input's map is exact.
/// </summary>
internal readonly unsafe struct WinogradForm3 : IWinogradForm
{
    /// <summary>The inner point.</summary>
    public const float A = 0.5f;

    /// <summary>The outer point.</summary>
    public const float B = 1.25f;

    /// <summary>1 / ∏ (p − q) over the other points q, for p = ±<see cref="A"/>; for the negative
    /// one the sign is the input's.</summary>
    public const float NormA = (float)(1 / (2 * 0.5 * (0.25 - 1.5625)));

    /// <summary>The same for p = ±<see cref="B"/>.</summary>
    public const float NormB = (float)(1 / (2 * 1.25 * (1.5625 - 0.25)));

    private const float A2 = A * A;
    private const float B2 = B * B;

    /// <inheritdoc/>
    public static int Tile => 3;

    /// <inheritdoc/>
    public static int Taps => 3;

    /// <inheritdoc/>
    public static int Stride => 1;

    /// <inheritdoc/>
    public static int TargetStride => 1;

    /// <inheritdoc/>
    public static int Points => 5;

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
        var even = V.Fma(V.Broadcast(-A * B2), d0, V.Broadcast(A) * d2);
        var odd = V.Fma(V.Broadcast(-B2), d1, d3);
        V.Store(even + odd, target);
        V.Store(even - odd, target + targetStep);

        even = V.Fma(V.Broadcast(-B * A2), d0, V.Broadcast(B) * d2);
        odd = V.Fma(V.Broadcast(-A2), d1, d3);
        V.Store(even + odd, target + (2 * targetStep));
        V.Store(even - odd, target + (3 * targetStep));
        V.Store(
            V.Fma(V.Broadcast(A2 * B2), d0, V.Fma(V.Broadcast(-A2 - B2), d2, d4)),
            target + (4 * targetStep));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Weights<V>(float* source, nint sourceStep, float* target, nint targetStep)
        where V : unmanaged, IConvVector<V>
    {
        var g0 = V.Load(source);
        var g1 = V.Load(source + sourceStep);
        var g2 = V.Load(source + (2 * sourceStep));
        var even = V.Broadcast(NormA) * V.Fma(V.Broadcast(A2), g2, g0);
        var odd = V.Broadcast(NormA * A) * g1;
        V.Store(even + odd, target);
        V.Store(even - odd, target + targetStep);

        even = V.Broadcast(NormB) * V.Fma(V.Broadcast(B2), g2, g0);
        odd = V.Broadcast(NormB * B) * g1;
        V.Store(even + odd, target + (2 * targetStep));
        V.Store(even - odd, target + (3 * targetStep));
        V.Store(g2, target + (4 * targetStep));
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
            V.Fma(
                V.Broadcast(B2),
                evenB,
                V.Fma(V.Broadcast(A2), evenA, V.Load(source + (4 * sourceStep)))),
            target + (2 * targetStep));
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
        var even = V.Fma(V.Broadcast(A2), y2, y0);
        var odd = V.Broadcast(A) * y1;
        V.Store(even + odd, target);
        V.Store(even - odd, target + targetStep);

        even = V.Fma(V.Broadcast(B2), y2, y0);
        odd = V.Broadcast(B) * y1;
        V.Store(even + odd, target + (2 * targetStep));
        V.Store(even - odd, target + (3 * targetStep));
        V.Store(y2, target + (4 * targetStep));
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
        var evenA = V.Broadcast(NormA) * (u0 + u1);
        var oddA = V.Broadcast(NormA * A) * (u0 - u1);
        var evenB = V.Broadcast(NormB) * (u2 + u3);
        var oddB = V.Broadcast(NormB * B) * (u2 - u3);
        V.Store(evenA + evenB, target);
        V.Store(oddA + oddB, target + targetStep);
        V.Store(
            V.Fma(
                V.Broadcast(A2),
                evenA,
                V.Fma(V.Broadcast(B2), evenB, V.Load(source + (4 * sourceStep)))),
            target + (2 * targetStep));
    }
}
