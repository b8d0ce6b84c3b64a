using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Polynomials by Horner's rule in fused multiply-adds, coefficients lowest degree first. They are
/// fitted by <c>tools/fit_vector_math.py</c>.
/// </summary>
internal static class VectorPoly
{
    [MethodImpl(AggressiveInlining)]
    public static V Of<V>(V x, double c0, double c1, double c2) where V : unmanaged, ILanes<V> =>
        V.Fma(x, V.Fma(x, V.Const(c2), V.Const(c1)), V.Const(c0));

    [MethodImpl(AggressiveInlining)]
    public static V Of<V>(V x, double c0, double c1, double c2, double c3)
        where V : unmanaged, ILanes<V> => V.Fma(x, Of(x, c1, c2, c3), V.Const(c0));

    [MethodImpl(AggressiveInlining)]
    public static V Of<V>(V x, double c0, double c1, double c2, double c3, double c4)
        where V : unmanaged, ILanes<V> => V.Fma(x, Of(x, c1, c2, c3, c4), V.Const(c0));

    [MethodImpl(AggressiveInlining)]
    public static V Of<V>(V x, double c0, double c1, double c2, double c3, double c4, double c5)
        where V : unmanaged, ILanes<V> => V.Fma(x, Of(x, c1, c2, c3, c4, c5), V.Const(c0));

    [MethodImpl(AggressiveInlining)]
    public static V Of<V>(
        V x, double c0, double c1, double c2, double c3, double c4, double c5, double c6)
        where V : unmanaged, ILanes<V> => V.Fma(x, Of(x, c1, c2, c3, c4, c5, c6), V.Const(c0));

    [MethodImpl(AggressiveInlining)]
    public static V Of<V>(V x, double c0, double c1, double c2, double c3, double c4, double c5,
        double c6, double c7) where V : unmanaged, ILanes<V> =>
        V.Fma(x, Of(x, c1, c2, c3, c4, c5, c6, c7), V.Const(c0));

    [MethodImpl(AggressiveInlining)]
    public static V Of<V>(V x, double c0, double c1, double c2, double c3, double c4, double c5,
        double c6, double c7, double c8) where V : unmanaged, ILanes<V> =>
        V.Fma(x, Of(x, c1, c2, c3, c4, c5, c6, c7, c8), V.Const(c0));
}
