using System.Runtime.CompilerServices;
using static Nabla.Kernels.Cpu.WinogradPoints;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Bᵀ, 6 → 6: six neighbours d of the input to the points, row p the coefficients of
/// ∏ (x − q) over the other points q.
/// </summary>
internal readonly unsafe struct WinogradInputLine : IWinogradLine
{
    public static int From => Count;

    public static int To => Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
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
}

/// <summary>G, 3 → 6: the weights as a polynomial, evaluated at the points and normalized.
/// </summary>
internal readonly unsafe struct WinogradWeightLine : IWinogradLine
{
    public static int From => Taps;

    public static int To => Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
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
}

/// <summary>Aᵀ, 6 → 4: from the products m at the points to the outputs, yⱼ = Σ pʲ·m.</summary>
internal readonly unsafe struct WinogradOutputLine : IWinogradLine
{
    public static int From => Count;

    public static int To => Tile;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
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
}

/// <summary>A, 4 → 6: the outputs' gradient to the points; the transpose of
/// <see cref="WinogradOutputLine"/>.</summary>
internal readonly unsafe struct WinogradOutputGradLine : IWinogradLine
{
    public static int From => Tile;

    public static int To => Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
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
}

/// <summary>Gᵀ, 6 → 3: from the points to the weights' gradient; the transpose of
/// <see cref="WinogradWeightLine"/>.</summary>
internal readonly unsafe struct WinogradWeightGradLine : IWinogradLine
{
    public static int From => Count;

    public static int To => Taps;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V>(float* source, nint sourceStep, float* target, nint targetStep)
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
