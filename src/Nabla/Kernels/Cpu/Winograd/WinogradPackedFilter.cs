using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>Weights that <see cref="NhwcWeights"/> packed, by panel [tap][channel][row].
/// </summary>
internal static unsafe class WinogradPackedFilter
{
    /// <summary>Numbers that weights are fetched ahead of their maps: they come from memory, and
    /// nine streams or more are too many for the processor to foresee.</summary>
    private const int Ahead = 512;

    /// <summary>Takes some channels of a panel to the points: [point][channel][row].</summary>
    /// <param name="packed">The panel.</param>
    /// <param name="channels">Channels of the panel.</param>
    /// <param name="first">The first channel.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="target">Where point 0 goes.</param>
    /// <param name="point">Numbers from one point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform<V, F>(
        float* packed, int channels, int first, int end, float* target, nint point)
        where V : unmanaged, IConvVector<V>
        where F : struct, IWinogradForm
    {
        var half = stackalloc float[WinogradTransform.HalfSize];
        var panel = WinogradFilter.Panel<V>();
        nint tap = channels * (nint)panel;
        nint taps = F.Taps;
        var from = packed + (first * (nint)panel);
        for (var i = 0; i < (end - first) * panel; i += V.Count)
        {
            for (nint t = 0; Sse.IsSupported && t < taps * taps; t++)
            {
                Sse.Prefetch1(from + i + Ahead + (t * tap));
            }

            WinogradTransform.Run<V, WinogradWeightLine<F>>(
                from + i, taps * tap, tap, target + i,
                WinogradForm<F>.Count * point, point, half);
        }
    }
}
