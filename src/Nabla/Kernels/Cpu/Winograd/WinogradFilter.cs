using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Weights of 3 × 3 as the convolution or its transpose reads them: per target channel (row) and
/// source channel, 9 numbers side by side, in their order or turned by 180°.
/// </summary>
internal unsafe struct WinogradFilter
{
    /// <summary>(K, C, 3, 3).</summary>
    public required float* Weights { get; init; }

    /// <summary>The same as <see cref="NhwcWeights"/> packed them, in place of the others; or null.
    /// </summary>
    public float* Packed { get; init; }

    /// <summary>Target channels.</summary>
    public required int Rows { get; init; }

    /// <summary>Source channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Numbers from one target channel to the next.</summary>
    public required nint RowStep { get; init; }

    /// <summary>Numbers from one source channel to the next.</summary>
    public required nint ChannelStep { get; init; }

    /// <summary>True for the transpose, which reads the taps backwards.</summary>
    public required bool Turned { get; init; }

    /// <summary>Target channels of a panel: those of a tile of the product.</summary>
    public static int Panel<V>() where V : unmanaged, IConvVector<V> => 2 * V.Count;

    /// <summary>Panels of all target channels.</summary>
    public readonly int Panels<V>() where V : unmanaged, IConvVector<V> =>
        (Rows + Panel<V>() - 1) / Panel<V>();

    /// <summary>
    /// Takes the weights of a panel and some channels to the points: [point][channel][row], 0 for
    /// the rows that are not there.
    /// </summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="first">The first channel.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="target">Where point 0 goes.</param>
    /// <param name="point">Numbers from one point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Transform<V>(int panel, int first, int end, float* target, nint point)
        where V : unmanaged, IConvVector<V>
    {
        if (Packed != null)
        {
            WinogradPackedFilter.Transform<V>(
                Packed + (panel * (nint)Panel<V>() * Channels * 9), Channels, first, end, target,
                point);
            return;
        }

        const int taps = WinogradPoints.Taps * WinogradPoints.Taps;
        var half = stackalloc float[WinogradTransform.HalfSize];
        var block = stackalloc float[taps * 16];
        for (var side = 0; side < 2; side++)
        {
            var row = (panel * Panel<V>()) + (side * V.Count);
            var lanes = Math.Clamp(Rows - row, 0, V.Count);
            new Span<float>(block, taps * V.Count).Clear();
            var from = Weights + (row * RowStep) + (first * ChannelStep);
            var to = target + (side * V.Count);
            for (var c = first; c < end; c++)
            {
                Gather(from, lanes, V.Count, block);
                WinogradTransform.Run<V, WinogradWeightLine>(
                    block, WinogradPoints.Taps * V.Count, V.Count, to,
                    WinogradPoints.Count * point, point, half);
                from += ChannelStep;
                to += Panel<V>();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Gather(float* from, int lanes, int width, float* block)
    {
        const int taps = WinogradPoints.Taps * WinogradPoints.Taps;
        var step = Turned ? -width : width;
        block += Turned ? (taps - 1) * width : 0;
        for (var lane = 0; lane < lanes; lane++)
        {
            var w = from + (lane * RowStep);
            var to = block + lane;
            for (var tap = 0; tap < taps; tap++)
            {
                *to = w[tap];
                to += step;
            }
        }
    }
}

/// <summary>Takes all weights to the points: [panel][point][channel][row], a chunk a part of a
/// panel.</summary>
internal unsafe struct WinogradFilterBody<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    private const int Block = 32;

    public required WinogradFilter Filter { get; init; }

    public required float* Target { get; init; }

    public readonly int Chunks => Filter.Panels<V>() * Blocks;

    private readonly int Blocks => (Filter.Channels + Block - 1) / Block;

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var panel = chunk / Blocks;
        var first = chunk % Blocks * Block;
        var point = Filter.Channels * (nint)WinogradFilter.Panel<V>();
        var target = Target + (panel * WinogradPoints.Products * point)
            + (first * (nint)WinogradFilter.Panel<V>());
        var end = Math.Min(first + Block, Filter.Channels);
        Filter.Transform<V>(panel, first, end, target, point);
    }
}
