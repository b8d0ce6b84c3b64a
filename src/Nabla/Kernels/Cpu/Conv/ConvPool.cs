using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// y = pool(chain(x ⋆ w + bias)): a chunk takes as many images as a register has lanes, one a lane,
/// through everything, band by band of rows.
/// </summary>
internal unsafe struct ConvPool<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    private ConvPoolPlan _plan;
    private ConvLaneLayer<V> _layer;
    private FusedProgram _chain;
    private ConvPoolInput* _inputs;
    private float* _x;
    private float* _sums;
    private float** _values;
    private float* _y;

    /// <summary>See <see cref="ConvPoolKernels.Forward"/>.</summary>
    public static void Run(
        in ConvPoolShape shape,
        float* x,
        float* w,
        float* bias,
        FusedProgram chain,
        ConvPoolInput* inputs,
        float* sums,
        float** values,
        float* y)
    {
        var plan = ConvPoolPlan.Of(in shape, V.Count);
        var conv = plan.Conv;
        using var tables = Scratch.Rent(ConvLaneLayer<V>.Room(in conv));
        var body = new ConvPool<V>
        {
            _plan = plan,
            _layer = new(in conv, w, bias, tables.Pointer),
            _chain = chain,
            _inputs = inputs,
            _x = x,
            _sums = sums,
            _values = values,
            _y = y,
        };
        WorkerTeam.For(plan.Chunks, ref body);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var conv = _plan.Conv;
        var slack = 2 * (ConvTiles.MaxOverrun + 1) * V.Count;
        var size = (conv.PlanesSize * V.Count) + slack;
        using var planesLease = Scratch.Rent<float>(size);
        using var pooledLease = Scratch.Rent<float>(
            ConvTiles.MaxRows * (nint)_plan.Shape.OutSize * V.Count);
        using var valuesLease = Scratch.Rent<float>(
            _values[0] == null ? ConvTiles.MaxRows * _plan.ChannelRoom : 0);
        var length = _plan.BandRows(1, conv.W.Target, _plan.Shape.PoolH)
            * conv.W.Target * V.Count;
        using var constantsLease = Scratch.Rent<float>(_chain.Inputs * (nint)length);
        var constants = (float*)constantsLease.Pointer;
        ConvPoolInput.Fill(_inputs, _chain.Inputs, length, constants);
        var tiles = stackalloc void*[_chain.Inputs + _chain.Outputs.Length];
        for (var i = 0; i < _chain.Inputs; i++)
        {
            tiles[i] = constants + (i * (nint)length);
        }

        var planes = (float*)planesLease.Pointer;
        NativeMemory.Clear(planes, (nuint)size * sizeof(float));
        var imageSize = conv.Channels * (nint)conv.SourceSize;
        var (unit, end) = _plan.UnitsOf(chunk);
        for (; unit < end; unit++)
        {
            var x = _x + (unit * V.Count * imageSize);
            ConvLanes.Pack<V>(in conv, x, imageSize, _plan.ImagesOf(unit), planes);
            for (var channel = 0; channel < conv.Rows;)
            {
                var channels = ConvTiles.Rows<V>(conv.Rows - channel);
                Compute(
                    unit, channel, channels, planes, tiles, (float*)valuesLease.Pointer,
                    (float*)pooledLease.Pointer);
                channel += channels;
            }
        }
    }

    /// <summary>Takes some channels of a unit through; the constants' tiles are there.</summary>
    private readonly void Compute(
        int unit, int channel, int channels, float* planes, void** tiles, float* scratch,
        float* pooled)
    {
        var (conv, shape) = (_plan.Conv, _plan.Shape);
        var room = _plan.ChannelRoom;
        var at = ((unit * (nint)conv.Rows) + channel) * room;
        var pooledSize = shape.OutSize * (nint)V.Count;

        // Sums that nobody keeps are overwritten by the first output.
        var value = _values[0] == null ? scratch : _values[0] + at;
        var sums = _sums == null ? value : _sums + at;
        var outputs = tiles + _chain.Inputs;
        var width = conv.W.Target * V.Count;
        var band = _plan.BandRows(channels, conv.W.Target, shape.PoolH);
        for (var row = 0; row < conv.H.Target; row += band)
        {
            var rows = Math.Min(band, conv.H.Target - row);
            var first = row * (nint)width;
            _layer.Run(channel, channels, row, rows, planes, sums + first, room);
            for (var i = 0; i < channels; i++)
            {
                var from = first + (i * room);
                for (var input = 0; input < _chain.Inputs; input++)
                {
                    tiles[input] = _inputs[input].IsFlow ? sums + from : tiles[input];
                }

                outputs[0] = value + from;
                for (var output = 1; output < _chain.Outputs.Length; output++)
                {
                    outputs[output] = _values[output] + at + from;
                }

                _chain.Run(tiles, rows * (nint)width);
                ConvPoolLanes.Average<V>(
                    value + from, conv.W.Target, rows / shape.PoolH, shape,
                    pooled + (i * pooledSize) + (row / shape.PoolH * shape.OutW * (nint)V.Count));
            }
        }

        var imageStride = conv.Rows * (nint)shape.OutSize;
        var y = _y + (unit * V.Count * imageStride) + (channel * (nint)shape.OutSize);
        for (var i = 0; i < channels; i++, y += shape.OutSize, pooled += pooledSize)
        {
            ConvLanes.Unpack<V>(pooled, shape.OutSize, y, imageStride, _plan.ImagesOf(unit));
        }
    }
}
