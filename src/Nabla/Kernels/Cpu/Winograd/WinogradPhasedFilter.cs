using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Weights of <see cref="WinogradFormTransposed"/>: each panel of target channels has one
/// of their phases.</summary>
internal static unsafe class WinogradPhasedFilter
{
    /// <summary>Takes the weights of a panel and some channels to the points:
    /// [point][channel][row], 0 for the rows that are not there.</summary>
    /// <param name="filter">The weights.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="first">The first source channel.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="target">Where point 0 goes.</param>
    /// <param name="point">Numbers from one point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform<V, F>(
        in WinogradFilter filter, int panel, int first, int end, float* target, nint point)
        where V : unmanaged, IConvVector<V>
        where F : struct, IWinogradForm
    {
        var half = stackalloc float[WinogradTransform.HalfSize];
        var all = stackalloc float[WinogradFilter.MaxBlock];
        var block = stackalloc float[F.Taps * F.Taps * V.Count];
        var panels = filter.Panels<V, F>() / WinogradForm<F>.TargetPhases;
        var phase = panel / panels;
        for (var side = 0; side < 2; side++)
        {
            var row = (panel % panels * WinogradFilter.Panel<V>()) + (side * V.Count);
            var lanes = Math.Clamp(filter.Rows - row, 0, V.Count);
            new Span<float>(all, WinogradFilter.MaxBlock).Clear();
            var from = filter.Weights + (row * filter.RowStep) + (first * filter.ChannelStep);
            var to = target + (side * V.Count);
            for (var c = first; c < end; c++)
            {
                filter.Gather<V>(from, lanes, WinogradForm<F>.Weights, all);
                Pick<V, F>(all, phase, block);
                WinogradTransform.Run<V, WinogradWeightLine<F>>(
                    block, F.Taps * V.Count, V.Count, to, WinogradForm<F>.Count * point, point,
                    half);
                from += filter.ChannelStep;
                to += WinogradFilter.Panel<V>();
            }
        }
    }

    /// <summary>The taps of a phase in the order of the neighbours that they meet, 0 where they
    /// meet none: of even lines 3, 1 and none, of odd ones none, 2 and 0.</summary>
    private static void Pick<V, F>(float* all, int phase, float* block)
        where V : unmanaged, IConvVector<V>
        where F : struct, IWinogradForm
    {
        var line = WinogradForm<F>.Line;
        for (var i = 0; i < F.Taps; i++)
        {
            var row = line - 1 + (phase / F.TargetStride) - (F.TargetStride * i);
            for (var j = 0; j < F.Taps; j++)
            {
                var column = line - 1 + (phase % F.TargetStride) - (F.TargetStride * j);
                var isThere = (uint)row < (uint)line && (uint)column < (uint)line;
                V.Store(
                    isThere ? V.Load(all + (((row * line) + column) * V.Count)) : default,
                    block + (((i * F.Taps) + j) * V.Count));
            }
        }
    }
}
