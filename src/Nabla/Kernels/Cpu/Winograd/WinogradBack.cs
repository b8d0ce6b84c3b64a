using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Maps sums at the points, [point][output channel][channel], back to the weights'
/// gradient.</summary>
internal unsafe struct WinogradBack<V, F> : IChunkBody
    where V : unmanaged, IConvVector<V>
    where F : struct, IWinogradForm
{
    public required float* Sums { get; init; }

    /// <summary>Distance of two output channels' sums.</summary>
    public required nint SumRow { get; init; }

    /// <summary>Distance of two points' sums.</summary>
    public required nint Point { get; init; }

    /// <summary>Input channels of the weights.</summary>
    public required int Channels { get; init; }

    /// <summary>(K, Channels, R, R).</summary>
    public required float* Weights { get; init; }

    /// <summary>Maps all sums of an output channel.</summary>
    public readonly void Run(int chunk) => Map(chunk, chunk, 0, Channels);

    /// <summary>Maps a row of the sums.</summary>
    /// <param name="row">Which row of the sums.</param>
    /// <param name="output">Whose output channel's it is.</param>
    /// <param name="first">The input channel of the row's first sum.</param>
    /// <param name="count">How many input channels; those that aren't there have no weights.
    /// </param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Map(int row, int output, int first, int count)
    {
        var half = stackalloc float[WinogradTransform.HalfSize];
        var block = stackalloc float[WinogradFilter.MaxBlock];
        var rows = stackalloc float[WinogradFilter.MaxBlock];
        var taps = WinogradForm<F>.Weights;
        var pitch = (taps + V.Count - 1) / V.Count * V.Count;
        var to = Weights + (((output * (nint)Channels) + first) * taps);
        count = Math.Min(count, Channels - first);
        for (var c = 0; c < count; c += V.Count)
        {
            var from = Sums + (row * SumRow) + (c * WinogradForm<F>.Phases);
            for (var phase = 0; phase < WinogradForm<F>.Phases; phase++)
            {
                var tap = (phase / F.Stride * WinogradForm<F>.Line) + (phase % F.Stride);
                WinogradTransform.Run<V, WinogradWeightGradLine<F>>(
                    from + (phase * V.Count), WinogradForm<F>.Count * Point, Point,
                    block + (tap * V.Count), F.Stride * WinogradForm<F>.Line * V.Count,
                    F.Stride * V.Count, half);
            }

            var lanes = Math.Min(V.Count, count - c);
            for (var tap = 0; tap < pitch; tap += V.Count)
            {
                V.Transpose(block + (tap * V.Count), V.Count, rows + tap, pitch);
            }

            // Whole registers: the next lane overwrites what is too much of one.
            for (var lane = 0; lane < lanes - 1; lane++)
            {
                for (var tap = 0; tap < pitch; tap += V.Count)
                {
                    V.Store(V.Load(rows + (lane * pitch) + tap), to + (lane * taps) + tap);
                }
            }

            new Span<float>(rows + ((lanes - 1) * pitch), taps)
                .CopyTo(new Span<float>(to + ((lanes - 1) * taps), taps));
            to += lanes * taps;
        }
    }
}
