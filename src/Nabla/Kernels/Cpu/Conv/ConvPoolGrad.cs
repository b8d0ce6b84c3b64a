using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The gradients of <see cref="ConvPool{V}"/>: a chunk takes as many images as a register has
/// lanes. The gradient of the convolution's output only ever exists for those, in cache.
/// </summary>
internal unsafe struct ConvPoolGrad<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    private ConvPoolPlan _plan;
    private ConvPlan _back;
    private ConvLaneLayer<V> _layer;
    private FusedProgram _chain;
    private nint* _offsets;
    private float* _x;
    private float* _gy;
    private ConvPoolInput* _inputs;
    private float* _gx;
    private float* _weights;
    private float* _bias;

    /// <summary>See <see cref="ConvPoolKernels.Backward"/>.</summary>
    public static void Run(
        in ConvPoolShape shape,
        float* x,
        float* w,
        float* gy,
        FusedProgram chain,
        ConvPoolInput* inputs,
        float* gx,
        float* gw,
        float* gb)
    {
        var plan = ConvPoolPlan.Of(in shape, V.Count);
        var (conv, back) = (plan.Conv, ConvPlan.Backward(shape.Conv));
        var count = conv.Rows * (nint)conv.AllTaps;
        using var tables = Scratch.Rent(gx == null ? 0 : ConvLaneLayer<V>.Room(in back));
        using var offsets = Scratch.Rent<nint>(conv.AllTaps + ConvGradTiles.MaxTaps);
        using var partials = Scratch.Rent<float>(plan.Chunks * (count + conv.Rows));
        var body = new ConvPoolGrad<V>
        {
            _plan = plan,
            _back = back,
            _chain = chain,
            _offsets = (nint*)offsets.Pointer,
            _x = x,
            _gy = gy,
            _inputs = inputs,
            _gx = gx,
            _weights = gw == null ? null : (float*)partials.Pointer,
            _bias = (float*)partials.Pointer + (plan.Chunks * count),
        };
        ConvWeightGrad<V>.WriteOffsets(in conv, V.Count, body._offsets);
        if (gx != null)
        {
            body._layer = new(in back, w, null, tables.Pointer);
        }

        WorkerTeam.For(plan.Chunks, ref body);
        if (gw != null)
        {
            ConvPartials.Add(body._weights, plan.Chunks, count, gw);
        }

        if (gb != null)
        {
            ConvPartials.Add(body._bias, plan.Chunks, conv.Rows, gb);
        }
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var (conv, shape) = (_plan.Conv, _plan.Shape);
        var planesSize = conv.PlanesSize * V.Count;
        var pooledSize = conv.Rows * (nint)shape.OutSize;
        var gradientSize = (GradientRows * GradientRow) + SlackOfPlanes;
        using var planesLease = Scratch.Rent<float>(planesSize);
        using var pooledLease = Scratch.Rent<float>(pooledSize * V.Count);
        using var gradientLease = Scratch.Rent<float>(gradientSize);
        var planes = (float*)planesLease.Pointer;
        var pooled = (float*)pooledLease.Pointer;
        var gradient = (float*)gradientLease.Pointer;
        NativeMemory.Clear(planes, (nuint)planesSize * sizeof(float));
        NativeMemory.Clear(gradient, (nuint)gradientSize * sizeof(float));
        var weights = conv.Rows * (nint)conv.AllTaps;
        var bias = _bias + (chunk * (nint)conv.Rows);
        new Span<float>(bias, conv.Rows).Clear();
        if (_weights != null)
        {
            NativeMemory.Clear(
                _weights + (chunk * weights), (nuint)weights * sizeof(float));
        }

        var imageSize = conv.Channels * (nint)conv.SourceSize;
        var (unit, end) = _plan.UnitsOf(chunk);
        for (; unit < end; unit++)
        {
            var images = _plan.ImagesOf(unit);
            ConvLanes.Interleave<V>(
                _gy + (unit * V.Count * pooledSize), pooledSize, (int)pooledSize, images, 1,
                (int)pooledSize, pooled, (int)pooledSize);
            if (_weights != null)
            {
                ConvLanes.Pack<V>(
                    in conv, _x + (unit * V.Count * imageSize), imageSize, images, planes);
            }

            for (var row = 0; row < conv.Rows;)
            {
                var rows = ConvTiles.Rows<V>(conv.Rows - row);
                var part = gradient + (_gx == null ? 0 : row * GradientRow);
                Prepare(unit, row, rows, pooled, part, bias);
                if (_weights != null)
                {
                    AddProducts(
                        row, rows, planes, part, _weights + (chunk * weights));
                }

                row += rows;
            }

            if (_gx != null)
            {
                ComputeInput(unit, images, gradient);
            }
        }
    }

    /// <summary>Channels of the gradient that must be there at once.</summary>
    private readonly int GradientRows => _gx == null ? ConvTiles.MaxRows : _plan.Conv.Rows;

    /// <summary>Pixels between two rows of the gradient: padded when a convolution follows.
    /// </summary>
    private readonly int GradientPitch => _gx == null ? _plan.Conv.W.Target : _back.W.Plane;

    /// <summary>Numbers from one channel of the gradient to the next.</summary>
    private readonly nint GradientRow =>
        (_gx == null ? _plan.Conv.TargetSize : _back.PlaneSize) * (nint)V.Count;

    /// <summary>Where the first pixel of a channel lies in its plane.</summary>
    private readonly nint GradientStart => _gx == null
        ? 0
        : ((_back.H.Inside(0).First * (nint)_back.W.Plane) + _back.W.Inside(0).First) * V.Count;

    private static nint SlackOfPlanes => 2 * (ConvTiles.MaxOverrun + 1) * V.Count;

    /// <summary>Computes some channels of the gradient, and their sums.</summary>
    private readonly void Prepare(
        int unit, int row, int rows, float* pooled, float* gradient, float* bias)
    {
        var (conv, shape) = (_plan.Conv, _plan.Shape);
        var (height, width, images) = (conv.H.Target, conv.W.Target, _plan.ImagesOf(unit));
        var line = width * (nint)V.Count;
        using var lineLease = Scratch.Rent<float>((_chain.Inputs + 1) * line);
        var spread = (float*)lineLease.Pointer;
        var constants = spread + line;
        ConvPoolInput.Fill(_inputs, _chain.Inputs, (int)line, constants);
        var sums = stackalloc float[4 * V.Count];
        var tiles = stackalloc void*[_chain.Inputs + 1];
        for (var channel = row; channel < row + rows; channel++, gradient += GradientRow)
        {
            var from = pooled + (channel * (nint)shape.OutSize * V.Count);
            var kept = ((unit * (nint)conv.Rows) + channel) * _plan.ChannelRoom;
            var to = gradient + GradientStart;
            new Span<float>(sums, 4 * V.Count).Clear();
            new Span<float>(spread, (int)line).Clear();
            for (var i = 0; i < height; i++, kept += line, to += GradientPitch * (nint)V.Count)
            {
                if (i == shape.OutH * shape.PoolH)
                {
                    new Span<float>(spread, (int)line).Clear();
                }
                else if (i % shape.PoolH == 0 && i < shape.OutH * shape.PoolH)
                {
                    ConvPoolLanes.Spread<V>(from, in shape, spread);
                    from += shape.OutW * (nint)V.Count;
                }

                for (var input = 0; input < _chain.Inputs; input++)
                {
                    ref var source = ref _inputs[input];
                    tiles[input] = source.IsFlow ? spread
                        : source.Kept != null ? source.Kept + kept
                        : constants + (input * line);
                }

                tiles[_chain.Inputs] = to;
                _chain.Run(tiles, line);
                if (images < V.Count)
                {
                    ConvPoolLanes.ClearLanes<V>(to, width, images);
                }

                ConvPoolLanes.AddPixels<V>(to, width, sums);
            }

            bias[channel] += ConvPoolLanes.Total<V>(sums);
        }
    }

    /// <summary>Adds the products of some channels of the gradient with the input.</summary>
    private readonly void AddProducts(
        int row, int rows, float* planes, float* gradient, float* weights)
    {
        var conv = _plan.Conv;
        var tile = new ConvGradTileArgs
        {
            Gradient = gradient + GradientStart,
            GradientRow = GradientRow,
            GradientRun = GradientPitch * (nint)V.Count,
            Source = planes,
            SourceRun = conv.W.Plane * (nint)V.Count,
            Offsets = _offsets,
            Runs = conv.H.Target,
            Vectors = conv.W.Target,
        };
        ConvGradSums.Add<V>(tile, rows, conv.AllTaps, weights + (row * (nint)conv.AllTaps));
    }

    /// <summary>The input's gradient from the convolution's.</summary>
    private readonly void ComputeInput(int unit, int images, float* gradient)
    {
        var (height, width) = (_back.H.Target, _back.W.Target);
        var multiple = Math.Min(ConvTiles.RowMultiple<V>(), _back.Rows);
        var band = _plan.BandRows(multiple, width, 1);
        nint wideRow = ((band * width) + ConvTiles.MaxOverrun) * V.Count;
        using var wideLease = Scratch.Rent<float>(ConvTiles.MaxRows * wideRow);
        var wide = (float*)wideLease.Pointer;
        var imageStride = _back.Rows * (nint)_back.TargetSize;
        var gx = _gx + (unit * V.Count * imageStride);
        for (var row = 0; row < height; row += band)
        {
            var count = Math.Min(band, height - row);
            for (var channel = 0; channel < _back.Rows;)
            {
                var channels = ConvTiles.Rows<V>(_back.Rows - channel);
                _layer.Run(channel, channels, row, count, gradient, wide, wideRow);
                for (var i = 0; i < channels; i++)
                {
                    var to = gx + ((channel + i) * (nint)_back.TargetSize) + (row * width);
                    ConvLanes.Unpack<V>(
                        wide + (i * wideRow), count * width, to, imageStride, images);
                }

                channel += channels;
            }
        }
    }
}
