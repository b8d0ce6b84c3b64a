using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Images that are made of products at the points: [point][tile][channel].</summary>
internal unsafe struct WinogradTarget
{
    /// <summary>(N, Channels, Height, Width), or with <see cref="ChannelsLast"/> (N, Height, Width,
    /// Channels).</summary>
    public required float* Images { get; init; }

    public required int Channels { get; init; }

    /// <summary>How the images lie; channels last they fill whole registers.</summary>
    public bool ChannelsLast { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    /// <summary>What is done before the images are stored.</summary>
    public required ConvEpilogue Epilogue { get; init; }

    /// <summary>Numbers that the patch of any of a chunk's runs takes; what is moved out is read
    /// in whole registers.</summary>
    public static nint PatchSize(in WinogradTiles tiles, int lanes) =>
        (tiles.PatchPixels(0) + lanes) * lanes;

    /// <summary>Makes channels <paramref name="first"/> to <paramref name="end"/> of the tiles of
    /// some units.</summary>
    /// <param name="tiles">How the images are cut.</param>
    /// <param name="unit">The first unit.</param>
    /// <param name="unitEnd">One past the last.</param>
    /// <param name="first">The first channel, at the start of a register.</param>
    /// <param name="end">One past the last channel.</param>
    /// <param name="patch">Room for <see cref="PatchSize"/> numbers.</param>
    /// <param name="products">Point 0 of the first tile and channel.</param>
    /// <param name="pitch">Numbers from one tile to the next.</param>
    /// <param name="point">Numbers from one point to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Transform<V, F>(
        in WinogradTiles tiles,
        int unit,
        int unitEnd,
        int first,
        int end,
        float* patch,
        float* products,
        nint pitch,
        nint point)
        where V : unmanaged, IConvVector<V>
        where F : struct, IWinogradForm
    {
        var half = stackalloc float[WinogradTransform.HalfSize];
        while (unit < unitEnd)
        {
            var run = tiles.Run(unit, unitEnd);
            var part = Part(in run, tiles.Side);
            var row = part.Columns * (nint)V.Count;
            for (var c = first; c < end; c += V.Count)
            {
                var from = products + (c - first);
                for (var i = 0; i < run.Rows; i++)
                {
                    var to = patch + (i * tiles.Side * row);
                    for (var j = 0; j < run.Columns; j++)
                    {
                        WinogradTransform.Run<V, WinogradOutputLine<F>>(
                            from, WinogradForm<F>.Count * point, point, to, row, V.Count, half);
                        from += pitch;
                        to += tiles.Side * V.Count;
                    }
                }

                part.Store<V>(c, patch, Images, Epilogue);
            }

            products += run.Tiles * pitch;
            unit += run.Rows;
        }
    }

    private readonly WinogradPatch Part(in WinogradRun run, int side) => new()
    {
        Image = Images + (run.Image * (nint)Channels * Height * Width),
        End = null,
        Channels = Channels,
        ChannelsLast = ChannelsLast,
        Height = Height,
        Width = Width,
        Top = run.Row * side,
        Left = run.Column * side,
        Rows = run.Rows * side,
        Columns = run.Columns * side,
    };
}
