namespace Nabla.Kernels.Cpu;

/// <summary>
/// The gradient of a convolution with stride 1 for its weights, the transpose of
/// <see cref="WinogradForward{V, F}"/>: ∂g = Gᵀ [Σ (A ∂Y Aᵀ) ⊙ (Bᵀ d B)] G over all tiles, a
/// product of matrices at each point. Blocks of tiles are taken to the points, then multiplied,
/// each step shared by all threads; the sums at the points are mapped back at the end.
/// </summary>
internal unsafe struct WinogradWeightGrad<V, F> : IChunkBody
    where V : unmanaged, IConvVector<V>
    where F : struct, IWinogradForm
{
    /// <summary>Tiles to aim at in a chunk of the first step.</summary>
    private const int WantedTiles = 28;

    /// <summary>Numbers at the points of a block of tiles, which should stay in a cache.</summary>
    private const int MaxBlock = 1 << 20;

    /// <summary>Numbers at the points of all tiles, up to which they are one block.</summary>
    private const int MaxWhole = 5 << 20;

    /// <summary>Output channels in a chunk: whole tiles of the product.</summary>
    private const int RowsPerChunk = 112;

    private WinogradOperands<V, F> _operands;
    private float* _sums;
    private nint _sumRow;
    private int _rowBlocks;

    private readonly int Rows => _operands.Grad.Channels;

    /// <param name="images">N.</param>
    /// <param name="input">x (N, C, H, W).</param>
    /// <param name="grad">∂y (N, K, OutH, OutW).</param>
    /// <param name="weights">Where ∂w (K, C, R, R) goes.</param>
    public static void Run(
        int images, in WinogradSource input, in WinogradSource grad, float* weights)
    {
        var tiles = new WinogradTiles(images, grad.Height, grad.Width, WantedTiles, F.Tile);
        var (c, k) = (WinogradForm<F>.Channels<V>(input.Channels), grad.Channels);
        var panel = WinogradFilter.Panel<V>();
        var sumRow = (c + panel - 1) / panel * (nint)panel;
        var sums = WinogradForm<F>.Products * k * sumRow;
        var tile = WinogradForm<F>.Products * (WinogradSource.Pitch(c) + WinogradSource.Pitch(k));
        var whole = sums > MaxBlock && tiles.Count * tile <= MaxWhole;

        // The sums are read and written once a block: the larger they are, the larger the block.
        var chunks = Math.Max(1, Math.Max(MaxBlock, sums) / (tile * tiles.ChunkTiles));
        var operands = new WinogradOperands<V, F>
        {
            Tiles = tiles,
            Input = input,
            Grad = grad,
            BlockUnits = whole
                ? tiles.Units
                : (int)Math.Min(chunks, tiles.Chunks) * tiles.UnitsPerChunk,
        };
        using var lease = Scratch.Rent<float>(operands.Size + (whole ? 0 : sums));
        operands.Room = (float*)lease.Pointer;
        if (whole)
        {
            operands.Map();
            WinogradWeightGradPanels<V, F>.Run(in operands, weights);
            return;
        }

        var body = new WinogradWeightGrad<V, F>
        {
            _sums = (float*)lease.Pointer + operands.Size,
            _sumRow = sumRow,
            _rowBlocks = (k + RowsPerChunk - 1) / RowsPerChunk,
        };
        for (; operands.Unit < tiles.Units; operands.Unit += operands.BlockUnits)
        {
            operands.Map();
            body._operands = operands;
            WorkerTeam.For(WinogradForm<F>.Products * body._rowBlocks, ref body);
        }

        var back = new WinogradBack<V, F>
        {
            Sums = body._sums,
            SumRow = sumRow,
            Point = k * sumRow,
            Channels = input.Channels,
            Weights = weights,
        };
        WorkerTeam.For(k, ref back);
    }

    /// <summary>Adds the block's product at a point, for some output channels.</summary>
    public readonly void Run(int chunk)
    {
        var point = chunk / _rowBlocks;
        var row = chunk % _rowBlocks * RowsPerChunk;
        var rows = Math.Min(RowsPerChunk, Rows - row);
        var sums = _sums + (((point * (nint)Rows) + row) * _sumRow);
        for (nint c = 0; c < _sumRow; c += WinogradFilter.Panel<V>())
        {
            WinogradProduct.Run<V>(
                rows, _operands.Count, _operands.Grads(point) + row, _operands.GradPitch,
                _operands.Inputs(point) + c, _operands.InputPitch, sums + c, _sumRow,
                accumulate: _operands.Unit > 0, columnMajor: true);
        }
    }
}
