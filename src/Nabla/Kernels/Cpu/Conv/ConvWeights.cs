namespace Nabla.Kernels.Cpu;

/// <summary>
/// Packs a layer's weights for the tiles: per group and phase, tile after tile, [tap][row].
/// </summary>
internal unsafe struct ConvWeights<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    private ConvPlan _plan;
    private int _blocks;
    private float* _weights;
    private float* _packed;

    private static int RowsPerBlock => 4 * ConvTiles.RowMultiple<V>();

    public static void Pack(in ConvPlan plan, float* weights, float* packed)
    {
        var body = new ConvWeights<V>
        {
            _plan = plan,
            _blocks = (plan.Rows + RowsPerBlock - 1) / RowsPerBlock,
            _weights = weights,
            _packed = packed,
        };
        WorkerTeam.For(plan.Groups * body._blocks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var group = chunk / _blocks;
        var first = chunk % _blocks * RowsPerBlock;
        var end = Math.Min(first + RowsPerBlock, _plan.Rows);
        var packed = _packed + (group * (nint)_plan.Rows * _plan.AllTaps);
        for (var phaseH = 0; phaseH < _plan.H.TargetStep; phaseH++)
        {
            for (var phaseW = 0; phaseW < _plan.W.TargetStep; phaseW++)
            {
                nint taps = _plan.H.TapCount(phaseH) * _plan.W.TapCount(phaseW)
                    * _plan.Channels;
                for (var row = first; row < end;)
                {
                    var rows = ConvTiles.Rows<V>(end - row);
                    _plan.PackWeights(
                        phaseH, phaseW, group, row, rows, _weights, packed + (row * taps));
                    row += rows;
                }

                packed += taps * _plan.Rows;
            }
        }
    }
}
