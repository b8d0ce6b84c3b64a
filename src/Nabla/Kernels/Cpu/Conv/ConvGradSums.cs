using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Adds the products of some planes of a gradient with a shifted source to all their taps: blocks
/// of tiles, band by band, so that the band of the gradient stays in the first-level cache.
/// </summary>
internal static unsafe class ConvGradSums
{
    private const int BandVectors = 64;
    private const int TilesPerBlock = 8;

    /// <summary>target[row][tap] += Σ gradient[row] · source[offset[tap]].</summary>
    /// <param name="all">The planes; its offsets reach <see cref="ConvGradTiles.MaxTaps"/> beyond
    /// the last tap.</param>
    /// <param name="rows">Planes of the gradient.</param>
    /// <param name="taps">How many taps.</param>
    /// <param name="target">(rows, taps).</param>
    public static void Add<V>(ConvGradTileArgs all, int rows, int taps, float* target)
        where V : unmanaged, IConvVector<V>
    {
        var sums = stackalloc float[TilesPerBlock * ConvGradTiles.MaxSums * V.Count];
        var gradient = all.Gradient;
        var offsets = all.Offsets;
        for (var row = 0; row < rows;)
        {
            var tileRows = ConvTiles.Rows<V>(rows - row);
            var perTile = ConvGradTiles.Taps<V>(tileRows);
            for (var tap = 0; tap < taps; tap += TilesPerBlock * perTile)
            {
                var end = Math.Min(tap + (TilesPerBlock * perTile), taps);
                NativeMemory.Clear(
                    sums, (nuint)(TilesPerBlock * tileRows * perTile * V.Count) * sizeof(float));
                all.Gradient = gradient + (row * all.GradientRow);
                all.Offsets = offsets + tap;
                all.Sums = sums;
                AddBlock<V>(in all, tileRows, end - tap);
                Collect<V>(sums, tileRows, tap, end, taps, target + (row * (nint)taps));
            }

            row += tileRows;
        }
    }

    /// <summary>Runs tiles that share rows; the last may be narrower.</summary>
    private static void AddBlock<V>(in ConvGradTileArgs all, int rows, int taps)
        where V : unmanaged, IConvVector<V>
    {
        var perTile = ConvGradTiles.Taps<V>(rows);
        var runsPerBand = Math.Max(1, BandVectors / all.Vectors);
        var pieces = (all.Vectors + BandVectors - 1) / BandVectors;
        var perPiece = (all.Vectors + pieces - 1) / pieces;
        for (var run = 0; run < all.Runs; run += runsPerBand)
        {
            for (var piece = 0; piece < all.Vectors; piece += perPiece)
            {
                var band = all;
                band.Gradient += (run * all.GradientRun) + (piece * V.Count);
                band.Source += (run * all.SourceRun) + (piece * V.Count);
                band.Runs = Math.Min(runsPerBand, all.Runs - run);
                band.Vectors = Math.Min(perPiece, all.Vectors - piece);
                for (var tap = 0; tap < taps; tap += perTile)
                {
                    ConvGradTiles.Run<V>(rows, ConvGradTiles.Taps<V>(rows, taps - tap), in band);
                    band.Offsets += perTile;
                    band.Sums += rows * perTile * V.Count;
                }
            }
        }
    }

    /// <summary>Adds the lanes of the sums to taps tap … end − 1 of the target's rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Collect<V>(
        float* sums, int rows, int tap, int end, nint row, float* target)
        where V : unmanaged, IConvVector<V>
    {
        // Four sums at a time: the tile's room, if not the tile, is a multiple of four.
        var perTile = ConvGradTiles.Taps<V>(rows);
        var totals = stackalloc float[ConvGradTiles.MaxSums];
        for (; tap < end; tap += perTile, sums += rows * perTile * V.Count)
        {
            var width = ConvGradTiles.Taps<V>(rows, end - tap);
            for (var i = 0; i < rows * width; i += 4)
            {
                var from = sums + (i * V.Count);
                V.Sum(
                    V.Load(from),
                    V.Load(from + V.Count),
                    V.Load(from + (2 * V.Count)),
                    V.Load(from + (3 * V.Count))).Store(totals + i);
            }

            var taps = Math.Min(width, end - tap);
            for (var i = 0; i < rows; i++)
            {
                var to = target + (i * row) + tap;
                for (var j = 0; j < taps; j++)
                {
                    to[j] += totals[(i * width) + j];
                }
            }
        }
    }
}
