namespace Nabla.Kernels.Cpu;

/// <summary>
/// <see cref="WinogradWeightGrad{V, F}"/> for few tiles of many channels, whose sums at the points
/// would be larger than all images: a chunk makes the sums of a rectangle of weights, from all
/// tiles, and maps them back while they are in its cache.
/// </summary>
internal unsafe struct WinogradWeightGradPanels<V, F> : IChunkBody
    where V : unmanaged, IConvVector<V>
    where F : struct, IWinogradForm
{
    /// <summary>Output channels of a rectangle: whole tiles of the product.</summary>
    private const int Rows = 56;

    /// <summary>Input channels of a rectangle.</summary>
    private const int Columns = 64;

    private static nint Point => WinogradSource.Point(Rows * Columns);

    private WinogradOperands<V, F> _operands;
    private float* _weights;
    private int _columnBlocks;

    /// <summary>Makes ∂w (K, C, R, R) of operands that are mapped, all tiles in one block.
    /// </summary>
    public static void Run(in WinogradOperands<V, F> operands, float* weights)
    {
        var body = new WinogradWeightGradPanels<V, F>
        {
            _operands = operands,
            _weights = weights,
            _columnBlocks = (operands.InputChannels + Columns - 1) / Columns,
        };
        var rowBlocks = (operands.Grad.Channels + Rows - 1) / Rows;
        WorkerTeam.For(rowBlocks * body._columnBlocks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var row = chunk / _columnBlocks * Rows;
        var column = chunk % _columnBlocks * Columns;
        var rows = Math.Min(Rows, _operands.Grad.Channels - row);
        var columns = Math.Min(Columns, _operands.InputChannels - column);
        using var lease = Scratch.Rent<float>(WinogradForm<F>.Products * Point);
        var sums = (float*)lease.Pointer;
        for (var point = 0; point < WinogradForm<F>.Products; point++)
        {
            for (var c = 0; c < columns; c += WinogradFilter.Panel<V>())
            {
                WinogradProduct.Run<V>(
                    rows, _operands.Count, _operands.Grads(point) + row, _operands.GradPitch,
                    _operands.Inputs(point) + column + c, _operands.InputPitch,
                    sums + (point * Point) + c, Columns, accumulate: false,
                    columnMajor: true);
            }
        }

        var back = new WinogradBack<V, F>
        {
            Sums = sums,
            SumRow = Columns,
            Point = Point,
            Channels = _operands.Input.Channels,
            Weights = _weights,
        };
        var phases = WinogradForm<F>.Phases;
        for (var r = 0; r < rows; r++)
        {
            back.Map(r, row + r, column / phases, columns / phases);
        }
    }
}
