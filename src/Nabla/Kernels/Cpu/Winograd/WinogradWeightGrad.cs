using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The gradient of a convolution of 3 × 3 with stride 1 for its weights, the transpose of
/// <see cref="WinogradForward{V}"/>: ∂g = Gᵀ [Σ (A ∂Y Aᵀ) ⊙ (Bᵀ d B)] G over all tiles, a product
/// of matrices at each of the 36 points. Blocks of tiles are taken to the points, then multiplied,
/// each step shared by all threads; the sums at the points are mapped back at the end.
/// </summary>
internal unsafe struct WinogradWeightGrad<V> where V : unmanaged, IConvVector<V>
{
    /// <summary>Tiles to aim at in a chunk of the first step.</summary>
    private const int WantedTiles = 28;

    /// <summary>Numbers at the points of a block of tiles, which should stay in a cache.</summary>
    private const int MaxBlock = 1 << 20;

    private WinogradTiles _tiles;
    private WinogradSource _input;
    private WinogradSource _grad;
    private float* _inputs;
    private float* _grads;
    private float* _sums;
    private float* _weights;
    private nint _inputPoint;
    private nint _gradPoint;
    private nint _sumRow;
    private int _unit;
    private int _unitEnd;
    private int _rowBlocks;

    /// <param name="images">N.</param>
    /// <param name="input">x (N, C, H, W).</param>
    /// <param name="grad">∂y (N, K, OutH, OutW).</param>
    /// <param name="weights">Where ∂w (K, C, 3, 3) goes.</param>
    public static void Run(
        int images, in WinogradSource input, in WinogradSource grad, float* weights)
    {
        var tiles = new WinogradTiles(images, grad.Height, grad.Width, WantedTiles);
        var (c, k) = (input.Channels, grad.Channels);
        var panel = WinogradFilter.Panel<V>();
        var sumRow = (c + panel - 1) / panel * (nint)panel;
        var units = UnitsPerBlock(in tiles, c, k, k * sumRow);
        nint count = tiles.TileOf(Math.Min(units, tiles.Units));
        var inputPoint = WinogradSource.Point(count * WinogradSource.Pitch(c));
        var gradPoint = WinogradSource.Point(count * WinogradSource.Pitch(k));
        using var lease = Scratch.Rent<float>(
            WinogradPoints.Products * (inputPoint + gradPoint + (k * sumRow)));
        var step = new WinogradWeightGrad<V>
        {
            _tiles = tiles,
            _input = input,
            _grad = grad,
            _inputs = (float*)lease.Pointer,
            _grads = (float*)lease.Pointer + (WinogradPoints.Products * inputPoint),
            _sums = (float*)lease.Pointer + (WinogradPoints.Products * (inputPoint + gradPoint)),
            _weights = weights,
            _inputPoint = inputPoint,
            _gradPoint = gradPoint,
            _sumRow = sumRow,
            _rowBlocks = (k + RowsPerChunk - 1) / RowsPerChunk,
        };
        for (var unit = 0; unit < tiles.Units; unit += units)
        {
            step._unit = unit;
            step._unitEnd = Math.Min(unit + units, tiles.Units);
            var map = new MapBody { Step = step };
            WorkerTeam.For(map.Chunks, ref map);
            var multiply = new MultiplyBody { Step = step };
            WorkerTeam.For(WinogradPoints.Products * step._rowBlocks, ref multiply);
        }

        var back = new BackBody { Step = step };
        WorkerTeam.For(k, ref back);
    }

    /// <summary>Rows of the sums in a chunk: whole tiles of the product.</summary>
    private static int RowsPerChunk => 112;

    private static int UnitsPerBlock(in WinogradTiles tiles, int c, int k, nint sums)
    {
        // The sums are read and written once a block: the larger they are, the larger the block.
        var budget = Math.Max(MaxBlock, WinogradPoints.Products * sums);
        var tile = WinogradPoints.Products
            * (WinogradSource.Pitch(c) + WinogradSource.Pitch(k));
        var chunks = (int)Math.Max(1, budget / (tile * tiles.ChunkTiles));
        return Math.Min(chunks, tiles.Chunks) * tiles.UnitsPerChunk;
    }

    /// <summary>Takes a chunk's tiles of both operands to the points.</summary>
    private struct MapBody : IChunkBody
    {
        public WinogradWeightGrad<V> Step;

        public readonly int Chunks =>
            (Step._unitEnd - Step._unit + Step._tiles.UnitsPerChunk - 1)
            / Step._tiles.UnitsPerChunk * 2;

        public readonly void Run(int chunk)
        {
            ref readonly var tiles = ref Step._tiles;
            var unit = Step._unit + (chunk / 2 * tiles.UnitsPerChunk);
            var end = Math.Min(unit + tiles.UnitsPerChunk, Step._unitEnd);
            nint at = tiles.TileOf(unit) - tiles.TileOf(Step._unit);
            using var patch = Scratch.Rent<float>(
                WinogradSource.PatchSize<WinogradInputLine>(in tiles, V.Count));
            if (chunk % 2 == 0)
            {
                Step._input.Transform<V, WinogradInputLine>(
                    in tiles, unit, end, (float*)patch.Pointer,
                    Step._inputs + (at * WinogradSource.Pitch(Step._input.Channels)),
                    Step._inputPoint);
            }
            else
            {
                Step._grad.Transform<V, WinogradOutputGradLine>(
                    in tiles, unit, end, (float*)patch.Pointer,
                    Step._grads + (at * WinogradSource.Pitch(Step._grad.Channels)),
                    Step._gradPoint);
            }
        }
    }

    /// <summary>Adds the block's product at a point, for some rows.</summary>
    private struct MultiplyBody : IChunkBody
    {
        public WinogradWeightGrad<V> Step;

        public readonly void Run(int chunk)
        {
            var point = chunk / Step._rowBlocks;
            var row = chunk % Step._rowBlocks * RowsPerChunk;
            var rows = Math.Min(RowsPerChunk, Step._grad.Channels - row);
            nint count = Step._tiles.TileOf(Step._unitEnd) - Step._tiles.TileOf(Step._unit);
            var panel = WinogradFilter.Panel<V>();
            var sums = Step._sums + (((point * (nint)Step._grad.Channels) + row) * Step._sumRow);
            for (nint c = 0; c < Step._sumRow; c += panel)
            {
                WinogradProduct.Run<V>(
                    rows, count, Step._grads + (point * Step._gradPoint) + row,
                    WinogradSource.Pitch(Step._grad.Channels),
                    Step._inputs + (point * Step._inputPoint) + c,
                    WinogradSource.Pitch(Step._input.Channels), sums + c, Step._sumRow,
                    accumulate: Step._unit > 0, columnMajor: true);
            }
        }
    }

    /// <summary>Maps the sums of an output channel back to its weights.</summary>
    private struct BackBody : IChunkBody
    {
        public WinogradWeightGrad<V> Step;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int chunk)
        {
            const int taps = WinogradPoints.Taps * WinogradPoints.Taps;
            var half = stackalloc float[WinogradTransform.HalfSize];
            var block = stackalloc float[taps * 16];
            var channels = Step._input.Channels;
            var point = Step._grad.Channels * Step._sumRow;
            var to = Step._weights + (chunk * (nint)channels * taps);
            for (var c = 0; c < channels; c += V.Count)
            {
                WinogradTransform.Run<V, WinogradWeightGradLine>(
                    Step._sums + (chunk * Step._sumRow) + c, WinogradPoints.Count * point, point,
                    block, WinogradPoints.Taps * V.Count, V.Count, half);
                var lanes = Math.Min(V.Count, channels - c);
                for (var lane = 0; lane < lanes; lane++)
                {
                    for (var tap = 0; tap < taps; tap++)
                    {
                        *to++ = block[(tap * V.Count) + lane];
                    }
                }
            }
        }
    }
}
