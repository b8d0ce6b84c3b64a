namespace Nabla.Kernels.Cpu;

/// <summary>
/// Packs a layer's weights as [panel][tap][source channel][target channel], panels of target
/// channels, 0 for those that are not there; then their biases.
/// </summary>
internal unsafe struct ConvBatchWeights<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    private const int ChannelsPerChunk = 32;

    private ConvPlan _plan;
    private float* _weights;
    private float* _packed;

    private readonly int Blocks => (_plan.Channels + ChannelsPerChunk - 1) / ChannelsPerChunk;

    /// <summary>Numbers that the packed form takes.</summary>
    public static nint Size(in ConvPlan plan) => Whole(in plan) * (plan.AllTaps + (nint)1);

    /// <summary>Packs weights, and biases or zeros.</summary>
    public static void Pack(in ConvPlan plan, float* weights, float* bias, float* packed)
    {
        var body = new ConvBatchWeights<V> { _plan = plan, _weights = weights, _packed = packed };
        var whole = Whole(in plan);
        WorkerTeam.For(whole / ConvBatch<V>.Panel * body.Blocks, ref body);
        var biases = new Span<float>(packed + (whole * (nint)plan.AllTaps), whole);
        biases.Clear();
        if (bias != null)
        {
            new Span<float>(bias, plan.Rows).CopyTo(biases);
        }
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var panel = ConvBatch<V>.Panel;
        var first = chunk / Blocks * panel;
        var rows = Math.Min(panel, _plan.Rows - first);
        var channel = chunk % Blocks * ChannelsPerChunk;
        var channels = Math.Min(ChannelsPerChunk, _plan.Channels - channel);
        var taps = _plan.H.Taps * _plan.W.Taps;
        var tapStep = _plan.Channels * (nint)panel;
        var from = _weights + (first * _plan.WeightRow) + (channel * _plan.WeightChannel);
        var to = _packed + (first * (nint)_plan.AllTaps) + (channel * (nint)panel);
        if (rows < panel)
        {
            for (var tap = 0; tap < taps; tap++)
            {
                new Span<float>(to + (tap * tapStep), channels * panel).Clear();
            }
        }

        if (_plan.WeightRow > _plan.WeightChannel)
        {
            ConvFetch.Rows(from, _plan.WeightRow, rows, channels * taps);
        }
        else
        {
            ConvFetch.Rows(from, _plan.WeightChannel, channels, rows * taps);
        }

        if (_plan.WeightChannel == 1)
        {
            // One tap: the channels are what lies side by side.
            ConvPixelTranspose.Run<V>(from, _plan.WeightRow, rows, channels, to, panel);
            return;
        }

        for (var c = 0; c < channels; c++, from += _plan.WeightChannel, to += panel)
        {
            if (_plan.WeightRow == 1)
            {
                ConvPlanes.Copy(from, to, rows);
            }
            else
            {
                ConvPixelTranspose.Run<V>(from, _plan.WeightRow, rows, taps, to, tapStep);
            }
        }
    }

    private static int Whole(in ConvPlan plan) =>
        (plan.Rows + ConvBatch<V>.Panel - 1) / ConvBatch<V>.Panel * ConvBatch<V>.Panel;
}
