using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Images whose tiles are taken to the points: [point][tile][channel]. With
/// <see cref="WinogradInputLine{F}"/> a tile's pixels overlap its neighbours' by all taps but one,
/// with <see cref="WinogradOutputGradLine{F}"/> they don't.
/// </summary>
internal unsafe struct WinogradSource
{
    /// <summary>(N, Channels, Height, Width), or with <see cref="ChannelsLast"/> (N, Height, Width,
    /// Channels).</summary>
    public required float* Images { get; init; }

    /// <summary>One past the last number of the images.</summary>
    public required float* End { get; init; }

    public required int Channels { get; init; }

    /// <summary>How the images lie; channels last they fill whole registers.</summary>
    public bool ChannelsLast { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    /// <summary>Rows of zeros above the first tile.</summary>
    public required int PadH { get; init; }

    /// <summary>Columns of zeros before the first tile.</summary>
    public required int PadW { get; init; }

    /// <summary>
    /// Channels rounded up to whole registers, and one line more: the rows that a tile of the
    /// product reads must not share cache sets.
    /// </summary>
    public static nint Pitch(int channels) => ((channels + 15) & -16) + 16;

    /// <summary>Channels at the points: with a stride as many for each phase, whole registers of
    /// one after those of the other.</summary>
    public static int PointChannels<V>(int channels, int stride)
        where V : unmanaged, IConvVector<V> =>
        stride == 1 ? channels
            : (channels + V.Count - 1) / V.Count * V.Count * stride * stride;

    /// <summary>Distance of two points: an odd number of cache lines, so that what is written to
    /// 36 points spreads over the cache's sets.</summary>
    public static nint Point(nint size) => size % 32 == 0 ? size + 16 : size;

    /// <summary>Numbers that the patch of any of a chunk's runs takes.</summary>
    public static nint PatchSize<TLine>(in WinogradTiles tiles, int lanes)
        where TLine : struct, IWinogradLine =>
        tiles.PatchPixels(TLine.From - tiles.Side) * TLine.Stride * TLine.Stride * lanes;

    /// <summary>Takes the tiles of units <paramref name="unit"/> to <paramref name="end"/>.
    /// </summary>
    /// <param name="tiles">How the images are cut.</param>
    /// <param name="unit">The first unit.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="patch">Room for <see cref="PatchSize"/> numbers.</param>
    /// <param name="target">Where point 0 of the first tile goes.</param>
    /// <param name="point">Numbers from one point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Transform<V, TLine>(
        in WinogradTiles tiles, int unit, int end, float* patch, float* target, nint point)
        where V : unmanaged, IConvVector<V>
        where TLine : struct, IWinogradLine
    {
        var half = stackalloc float[WinogradTransform.HalfSize];
        var pitch = Pitch(PointChannels<V>(Channels, TLine.Stride));
        while (unit < end)
        {
            var run = tiles.Run(unit, end);
            var part = Part(
                in run, tiles.Side * TLine.Stride, (TLine.From - tiles.Side) * TLine.Stride);
            part.Clear<V>(patch);
            var row = part.Columns * (nint)V.Count;
            for (var c = 0; c < Channels; c += V.Count)
            {
                part.Load<V>(c, patch);
                for (nint phase = 0; phase < TLine.Stride * TLine.Stride; phase++)
                {
                    var origin = patch + (phase / TLine.Stride * row)
                        + (phase % TLine.Stride * V.Count);
                    var to = target + (c * TLine.Stride * TLine.Stride) + (phase * V.Count);
                    for (var i = 0; i < run.Rows; i++)
                    {
                        var from = origin + (i * tiles.Side * TLine.Stride * row);
                        for (var j = 0; j < run.Columns; j++)
                        {
                            WinogradTransform.Run<V, TLine>(
                                from, TLine.Stride * row, TLine.Stride * V.Count, to,
                                TLine.To * point, point, half);
                            from += tiles.Side * TLine.Stride * V.Count;
                            to += pitch;
                        }
                    }
                }
            }

            target += run.Tiles * pitch;
            unit += run.Rows;
        }
    }

    private readonly WinogradPatch Part(in WinogradRun run, int side, int overlap) =>
        new()
        {
            Image = Images + (run.Image * (nint)Channels * Height * Width),
            End = End,
            Channels = Channels,
            ChannelsLast = ChannelsLast,
            Height = Height,
            Width = Width,
            Top = (run.Row * side) - PadH,
            Left = (run.Column * side) - PadW,
            Rows = (run.Rows * side) + overlap,
            Columns = (run.Columns * side) + overlap,
        };
}
