using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Weights as the convolution or its transpose reads them: per target channel (row) and source
/// channel, the numbers of all taps side by side, in their order or turned by 180°.
/// </summary>
internal unsafe struct WinogradFilter
{
    /// <summary>Registers of all taps, rounded up to whole blocks of 16.</summary>
    public const int MaxBlock =
        ((WinogradPoints.MaxTaps * WinogradPoints.MaxTaps) + 15) / 16 * 16 * 16;

    /// <summary>(K, C, R, R), R the taps of all phases.</summary>
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

    /// <summary>Panels of all target channels, and of all phases of the target, one after the
    /// other.</summary>
    public readonly int Panels<V, F>()
        where V : unmanaged, IConvVector<V>
        where F : struct, IWinogradForm =>
        (Rows + Panel<V>() - 1) / Panel<V>() * WinogradForm<F>.TargetPhases;

    /// <summary>Distance of two points of a panel's weights.</summary>
    public readonly nint Point<V, F>()
        where V : unmanaged, IConvVector<V>
        where F : struct, IWinogradForm =>
        WinogradSource.Point(WinogradForm<F>.Channels<V>(Channels) * (nint)Panel<V>());

    /// <summary>
    /// Takes the weights of a panel and some channels to the points: [point][channel][row], 0 for
    /// the rows that are not there.
    /// </summary>
    /// <param name="panel">Which panel.</param>
    /// <param name="first">The first channel at the points: the first phase of a register, if there
    /// are phases.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="target">Where point 0 goes.</param>
    /// <param name="point">Numbers from one point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Transform<V, F>(
        int panel, int first, int end, float* target, nint point)
        where V : unmanaged, IConvVector<V>
        where F : struct, IWinogradForm
    {
        if (Packed != null)
        {
            var size = Panel<V>() * (nint)Channels * WinogradForm<F>.Weights;
            WinogradPackedFilter.Transform<V, F>(
                Packed + (panel * size), Channels, first, end, target, point);
            return;
        }

        if (F.TargetStride > 1)
        {
            WinogradPhasedFilter.Transform<V, F>(in this, panel, first, end, target, point);
            return;
        }

        var half = stackalloc float[WinogradTransform.HalfSize];
        var block = stackalloc float[MaxBlock];

        // Turned, the taps are read from the last one back.
        var (line, taps) = (WinogradForm<F>.Line, WinogradForm<F>.Weights);
        var phases = WinogradForm<F>.Phases;
        var (begin, count) = (first / phases, (end - first) / phases);
        var step = Turned ? -V.Count : V.Count;
        var origin = Turned ? block + ((taps - 1) * V.Count) : block;
        for (var side = 0; side < 2; side++)
        {
            var row = (panel * Panel<V>()) + (side * V.Count);
            var lanes = Math.Clamp(Rows - row, 0, V.Count);
            new Span<float>(block, MaxBlock).Clear();
            var from = Weights + (row * RowStep) + (begin * ChannelStep);
            var to = target + (side * V.Count);
            for (var c = 0; c < count; c++)
            {
                if (begin + c < Channels)
                {
                    Gather<V>(from, lanes, taps, block);
                }
                else
                {
                    new Span<float>(block, MaxBlock).Clear();
                }

                for (var phase = 0; phase < phases; phase++)
                {
                    WinogradTransform.Run<V, WinogradWeightLine<F>>(
                        origin + (((phase / F.Stride * line) + (phase % F.Stride)) * step),
                        F.Stride * line * step, F.Stride * step,
                        to + (phase * V.Count * Panel<V>()), WinogradForm<F>.Count * point, point,
                        half);
                }

                from += ChannelStep;
                to += Panel<V>();
                if (phases > 1 && (c + 1) % V.Count == 0)
                {
                    to += (phases - 1) * V.Count * Panel<V>();
                }
            }
        }
    }

    /// <summary>
    /// Asks for a part of what <see cref="Transform"/> will read, in the order in which it lies: a
    /// walk across the rows of weights that come from memory would wait for each. Of the transpose
    /// the rows lie side by side, so that it need not.
    /// </summary>
    public readonly void Fetch<V, F>(int panel, int first, int end, int part, int parts)
        where V : unmanaged, IConvVector<V>
        where F : struct, IWinogradForm
    {
        if (Packed != null || Turned)
        {
            return;
        }

        var row = panel * Panel<V>();
        var rows = Math.Min(Panel<V>(), Rows - row);
        var from = rows * part / parts;
        var begin = first / WinogradForm<F>.Phases;
        var count = Math.Min(end / WinogradForm<F>.Phases, Channels) - begin;
        ConvFetch.Rows(
            Weights + ((row + from) * RowStep) + (begin * ChannelStep), RowStep,
            (rows * (part + 1) / parts) - from, count * ChannelStep);
    }

    /// <summary>Makes [tap][lane] of the weights of some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Gather<V>(float* from, int lanes, int taps, float* block)
        where V : unmanaged, IConvVector<V>
    {
        var tap = 0;
        if (lanes == V.Count)
        {
            // Whole registers, as far as they stay within the weights.
            var end = Weights + (Rows * (nint)Channels * taps);
            var last = from + ((V.Count - 1) * RowStep) + V.Count;
            for (; taps - tap >= V.Count / 2 && last + tap <= end; tap += V.Count)
            {
                V.Transpose(from + tap, RowStep, block + (tap * V.Count), V.Count);
            }
        }

        for (; tap < taps; tap++)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                block[(tap * V.Count) + lane] = from[(lane * RowStep) + tap];
            }
        }
    }
}

/// <summary>Takes all weights to the points: [panel][point][channel][row], a chunk a part of a
/// panel.</summary>
internal unsafe struct WinogradFilterBody<V, F> : IChunkBody
    where V : unmanaged, IConvVector<V>
    where F : struct, IWinogradForm
{

    public required WinogradFilter Filter { get; init; }

    public required float* Target { get; init; }

    public readonly int Chunks => Filter.Panels<V, F>() * Blocks;

    private static int Block => 32 * F.Stride;

    private readonly int Channels => WinogradForm<F>.Channels<V>(Filter.Channels);

    private readonly int Blocks => (Channels + Block - 1) / Block;

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var panel = chunk / Blocks;
        var first = chunk % Blocks * Block;
        var point = Filter.Point<V, F>();
        var target = Target + (panel * WinogradForm<F>.Products * point)
            + (first * (nint)WinogradFilter.Panel<V>());
        var end = Math.Min(first + Block, Channels);
        Filter.Transform<V, F>(panel, first, end, target, point);
    }
}
