namespace Nabla.Kernels.Cpu;

/// <summary>
/// A convolution of stride 1 without groups, or the gradient with respect to its input, over planes
/// that hold one image a lane; its weights and tables lie ready.
/// </summary>
internal readonly unsafe struct ConvLaneLayer<V> where V : unmanaged, IConvVector<V>
{
    private readonly ConvPlan _plan;
    private readonly ConvPhase _phase;
    private readonly float* _bias;

    /// <summary>Packs the weights into memory of at least <see cref="Room"/> bytes, which stays the
    /// caller's.</summary>
    /// <param name="plan">A geometry without phases.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="bias">A number for each target channel, or null.</param>
    /// <param name="memory">Where the tables go.</param>
    public ConvLaneLayer(in ConvPlan plan, float* weights, float* bias, void* memory)
    {
        var count = plan.Rows * (nint)plan.AllTaps;
        var offsets = (nint*)memory;
        var useful = (ConvTapRange*)(offsets + plan.AllTaps);
        var packed = (float*)(useful + plan.H.Target + plan.W.Target);
        _plan = plan;
        _bias = bias;
        if (bias == null)
        {
            _bias = packed + count;
            new Span<float>(_bias, plan.Rows).Clear();
        }

        _phase = new ConvPhase
        {
            CountH = plan.H.Target,
            CountW = plan.W.Target,
            RowTaps = plan.W.Taps * plan.Channels,
            Taps = plan.AllTaps,
            Weights = packed,
            Offsets = offsets,
            UsefulH = useful,
            UsefulW = useful + plan.H.Target,
        };
        ConvTables.Write(in plan, V.Count, offsets, useful, useful + plan.H.Target);
        ConvWeights<V>.Pack(in plan, weights, packed);
    }

    /// <summary>Bytes that the tables take.</summary>
    public static nint Room(in ConvPlan plan) =>
        ((nint)plan.AllTaps * sizeof(nint))
        + ((plan.H.Target + plan.W.Target) * (nint)sizeof(ConvTapRange))
        + (((plan.Rows * (nint)plan.AllTaps) + plan.Rows) * sizeof(float));

    /// <summary>
    /// Computes some rows of a tile's channels; <paramref name="target"/> is as
    /// <see cref="ConvLaneRows"/> says, channels <paramref name="targetRow"/> apart.
    /// </summary>
    public void Run(
        int channel, int channels, int first, int count, float* planes, float* target,
        nint targetRow)
    {
        var tile = new ConvTileArgs
        {
            Weights = _phase.Weights + (channel * (nint)_phase.Taps),
            Bias = _bias + channel,
            Target = target,
            TargetRow = targetRow,
        };
        ConvLaneRows.Run<V>(in _plan, in _phase, tile, channels, first, count, planes);
    }
}
