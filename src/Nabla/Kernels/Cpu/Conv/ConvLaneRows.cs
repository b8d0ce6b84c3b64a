namespace Nabla.Kernels.Cpu;

/// <summary>
/// A convolution's tiles over pixels of one row, one image a lane: taps that would see only padding
/// are left out.
/// </summary>
internal static unsafe class ConvLaneRows
{
    /// <summary>Products that a tile's beginning and end cost as much as.</summary>
    private const int ProductsPerTile = 256;

    /// <summary>Computes rows <paramref name="first"/> … first + count − 1 of some channels.
    /// </summary>
    /// <param name="plan">The geometry.</param>
    /// <param name="phase">The targets that see the same taps.</param>
    /// <param name="tile">The channels' weights and bias, and where their targets go: rows of
    /// CountW registers, one after another, with room for <see cref="ConvTiles.MaxOverrun"/> more
    /// behind the last.</param>
    /// <param name="rows">How many channels.</param>
    /// <param name="first">The first row of targets.</param>
    /// <param name="count">How many rows of targets.</param>
    /// <param name="planes">The group's padded planes.</param>
    public static void Run<V>(
        in ConvPlan plan,
        in ConvPhase phase,
        ConvTileArgs tile,
        int rows,
        int first,
        int count,
        float* planes)
        where V : unmanaged, IConvVector<V>
    {
        var weights = tile.Weights;
        var target = tile.Target;
        tile.SegmentStride = phase.RowTaps;
        for (var i = first; i < first + count; i++)
        {
            var tapRows = phase.UsefulH[i];
            for (var j = 0; j < phase.CountW;)
            {
                var vectors = Vectors<V>(
                    rows, phase.CountW - j, phase.UsefulW + j,
                    (tapRows.End - tapRows.First) * plan.Channels);
                var last = Math.Min(j + vectors, phase.CountW) - 1;
                var taps = ConvTapRange.Union(phase.UsefulW[j], phase.UsefulW[last]);
                var start = (tapRows.First * phase.RowTaps) + (taps.First * plan.Channels);
                tile.Segments = tapRows.End - tapRows.First;
                tile.Taps = (taps.End - taps.First) * plan.Channels;
                if (tile.Taps == phase.RowTaps)
                {
                    tile.Taps *= tile.Segments;
                    tile.Segments = 1;
                }

                tile.Offsets = phase.Offsets + start;
                tile.Weights = weights + (start * (nint)rows);
                tile.Source = planes + (((i * (nint)plan.W.Plane) + j) * V.Count);
                tile.Target = target + ((((i - first) * (nint)phase.CountW) + j) * V.Count);
                ConvTiles.Run<V>(rows, vectors, in tile);
                j += vectors;
            }
        }
    }
    /// <summary>
    /// The vectors of the next tile: two instead of four, where two narrow tiles see much less
    /// padding.
    /// </summary>
    private static int Vectors<V>(int rows, int left, ConvTapRange* useful, int tapsOfColumn)
        where V : unmanaged, IConvVector<V>
    {
        var vectors = ConvTiles.Vectors<V>(rows, left);
        if (vectors != 4 || left < 4 || rows < 4)
        {
            return vectors;
        }

        var saved = Cost(useful, 4) - Cost(useful, 2) - Cost(useful + 2, 2);
        return saved * tapsOfColumn * rows > ProductsPerTile ? 2 : vectors;

        static int Cost(ConvTapRange* useful, int count)
        {
            var all = ConvTapRange.Union(useful[0], useful[count - 1]);
            return (all.End - all.First) * count;
        }
    }
}
