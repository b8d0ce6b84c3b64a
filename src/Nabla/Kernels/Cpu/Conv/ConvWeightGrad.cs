using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The gradient with respect to the weights: for each tap, the product of the output's gradient
/// with the padded input shifted by the tap's offset, summed over pixels and images.
/// </summary>
/// <remarks>
/// Planes are laid out as in <see cref="ConvDirect{V}"/>. With one image a plane, the gradient's
/// rows get the input's pitch and zeros at their ends, so that one run covers the image.
/// </remarks>
internal unsafe struct ConvWeightGrad<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    private const int MinChunks = 16;
    private const int MaxPartials = 2 * 1024 * 1024;
    private const int GroupBytes = 2 * 1024 * 1024;

    private ConvPlan _plan;
    private int _images;
    private bool _hasImageLanes;
    private int _imagesPerUnit;
    private int _imageBlocks;
    private int _rowBlocks;
    private int _rowsPerBlock;
    private float* _source;
    private float* _gradient;
    private float* _partials;
    private nint* _offsets;

    /// <summary>Computes (K, C/Groups, R, S) from the input and the output's gradient.</summary>
    public static void Run(
        in ConvPlan plan, int images, float* source, float* gradient, float* weights)
    {
        var count = (nint)plan.Groups * plan.Rows * plan.AllTaps;
        if (images == 0 || plan.TargetSize == 0 || count == 0)
        {
            new Span<float>(weights, checked((int)count)).Clear();
            return;
        }

        if (DepthwisePlane.Suits(in plan, images, V.Count))
        {
            DepthwiseWeightGrad<V>.Run(in plan, images, source, gradient, weights);
            return;
        }

        if (ConvBatchGrad<V>.Suits(in plan, images))
        {
            ConvBatchGrad<V>.Run(in plan, images, source, gradient, weights);
            return;
        }

        if (ConvChannelGrad<V>.Suits(in plan))
        {
            ConvChannelGrad<V>.Run(in plan, images, source, gradient, weights);
            return;
        }

        var body = new ConvWeightGrad<V>
        {
            _plan = plan,
            _images = images,
            _hasImageLanes = HasImageLanes(in plan, images),
            _source = source,
            _gradient = gradient,
        };
        var chunks = body.Split();
        using var offsets = Scratch.Rent<nint>(plan.AllTaps + ConvGradTiles.MaxTaps);
        body._offsets = (nint*)offsets.Pointer;
        WriteOffsets(in plan, body._hasImageLanes ? V.Count : 1, body._offsets);
        if (body._imageBlocks == 1)
        {
            body._partials = weights;
            WorkerTeam.For(chunks, ref body);
            return;
        }

        using var partials = Scratch.Rent<float>(body._imageBlocks * count);
        body._partials = (float*)partials.Pointer;
        WorkerTeam.For(chunks, ref body);
        ConvPartials.Add(body._partials, body._imageBlocks, count, weights);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var rowBlock = chunk % _rowBlocks;
        chunk /= _rowBlocks;
        var group = chunk % _plan.Groups;
        var block = chunk / _plan.Groups;
        var unit = (int)((long)Units * block / _imageBlocks);
        var unitEnd = (int)((long)Units * (block + 1) / _imageBlocks);
        var row = rowBlock * _rowsPerBlock;
        var rows = Math.Min(_rowsPerBlock, _plan.Rows - row);

        var slack = 2 * V.Count;
        var planesSize = (_plan.PlanesSize * _imagesPerUnit) + slack;
        var gradientSize = rows * GradientRow * (_hasImageLanes ? 1 : _imagesPerUnit);
        using var planesLease = Scratch.Rent<float>(planesSize);
        using var gradientLease = Scratch.Rent<float>(gradientSize);
        var planes = (float*)planesLease.Pointer;
        var gradient = (float*)gradientLease.Pointer;
        NativeMemory.Clear(planes, (nuint)planesSize * sizeof(float));
        if (!_hasImageLanes)
        {
            NativeMemory.Clear(gradient, (nuint)gradientSize * sizeof(float));
        }

        var target = _partials
            + ((((block * (nint)_plan.Groups) + group) * _plan.Rows) + row) * _plan.AllTaps;
        NativeMemory.Clear(target, (nuint)rows * (nuint)_plan.AllTaps * sizeof(float));
        for (; unit < unitEnd; unit++)
        {
            var first = unit * _imagesPerUnit;
            var images = Math.Min(_imagesPerUnit, _images - first);
            Pack(first, images, group, row, rows, planes, gradient);
            Compute(images, rows, planes, gradient, target);
        }
    }

    private readonly int Units => (_images + _imagesPerUnit - 1) / _imagesPerUnit;

    /// <summary>Numbers from one channel of the packed gradient to the next.</summary>
    private readonly nint GradientRow => _hasImageLanes
        ? _plan.TargetSize * (nint)V.Count
        : (_plan.JoinedRun + V.Count - 1) / V.Count * V.Count;

    /// <summary>See <see cref="ConvDirect{V}"/>; here nothing is interleaved back.</summary>
    private static bool HasImageLanes(in ConvPlan plan, int images)
    {
        const nint maxBytes = 4 * 1024 * 1024;
        var computed = (plan.JoinedRun + V.Count - 1) / V.Count * V.Count;
        return plan.SourcePhases == 1
            && images >= V.Count
            && plan.PlanesSize * V.Count * sizeof(float) <= maxBytes
            && plan.TargetSize < 0.92 * computed;
    }

    /// <summary>Chooses the chunks, from sizes alone.</summary>
    private int Split()
    {
        var count = (double)_plan.Groups * _plan.Rows * _plan.AllTaps;
        var maxBlocks = Math.Clamp((int)(MaxPartials / count), 1, MinChunks);
        _imagesPerUnit = V.Count;
        if (!_hasImageLanes)
        {
            // More images a unit means fewer sums over lanes, and more cache.
            var bytes = (_plan.PlanesSize + (Math.Min(_plan.Rows, 32) * GradientRow))
                * sizeof(float);
            var wanted = (_images + maxBlocks - 1) / maxBlocks;
            _imagesPerUnit = (int)Math.Clamp(GroupBytes / bytes, 1, wanted);
        }

        _imageBlocks = Math.Min(Units, maxBlocks);
        var parts = _imageBlocks * _plan.Groups;
        var blocks = (MinChunks + parts - 1) / parts;
        var multiple = ConvTiles.RowMultiple<V>();
        var rows = (_plan.Rows + blocks - 1) / blocks;
        _rowsPerBlock = (rows + multiple - 1) / multiple * multiple;
        _rowBlocks = (_plan.Rows + _rowsPerBlock - 1) / _rowsPerBlock;
        return parts * _rowBlocks;
    }

    /// <summary>
    /// Writes the taps' offsets in the weights' own order, for planes of so many numbers a pixel; a
    /// last tile may ask for <see cref="ConvGradTiles.MaxTaps"/> more.
    /// </summary>
    public static void WriteOffsets(in ConvPlan plan, int lanes, nint* offsets)
    {
        var (h, w) = (plan.H, plan.W);
        for (var c = 0; c < plan.Channels; c++)
        {
            for (var r = 0; r < h.Taps; r++)
            {
                for (var s = 0; s < w.Taps; s++)
                {
                    var phase = (h.Phase(r) * w.SourceStep) + w.Phase(s);
                    var plane = (phase * (nint)plan.Channels) + c;
                    var at = (h.Shift(0, r) * (nint)w.Plane) + w.Shift(0, s);
                    *offsets++ = ((plane * plan.PlaneSize) + at) * lanes;
                }
            }
        }

        new Span<nint>(offsets, ConvGradTiles.MaxTaps).Clear();
    }

    private readonly void Pack(
        int first, int images, int group, int row, int rows, float* planes, float* gradient)
    {
        var (sourceSize, targetSize) = (_plan.SourceSize, _plan.TargetSize);
        var sourceStride = (nint)_plan.Groups * _plan.Channels * sourceSize;
        var gradientStride = (nint)_plan.Groups * _plan.Rows * targetSize;
        var from = _source + (first * sourceStride) + (group * (nint)_plan.Channels * sourceSize);
        var fromGradient = _gradient + (first * gradientStride)
            + (((group * (nint)_plan.Rows) + row) * targetSize);
        var (height, width) = (_plan.H.Target, _plan.W.Target);
        if (_hasImageLanes)
        {
            ConvLanes.Pack<V>(in _plan, from, sourceStride, images, planes);
            ConvLanes.Interleave<V>(
                fromGradient, gradientStride, width, images, rows * height, width,
                gradient, width);
            return;
        }

        for (var image = 0; image < images; image++)
        {
            ConvPlanes.Pack(in _plan, from + (image * sourceStride), planes);
            planes += _plan.PlanesSize;
            for (var i = 0; i < rows; i++, gradient += GradientRow)
            {
                ConvPlanes.Spread(
                    fromGradient + (image * gradientStride) + (i * (nint)targetSize),
                    height, width, gradient, _plan.W.Plane);
            }
        }
    }

    /// <summary>Adds a unit's products; the planes are packed.</summary>
    private readonly void Compute(
        int images, int rows, float* planes, float* gradient, float* target)
    {
        var tile = _hasImageLanes
            ? new ConvGradTileArgs
            {
                GradientRow = GradientRow,
                GradientRun = _plan.W.Target * V.Count,
                SourceRun = _plan.W.Plane * V.Count,
                Runs = _plan.H.Target,
                Vectors = _plan.W.Target,
            }
            : new ConvGradTileArgs
            {
                GradientRow = GradientRow,
                GradientRun = rows * GradientRow,
                SourceRun = _plan.PlanesSize,
                Runs = images,
                Vectors = (int)(GradientRow / V.Count),
            };
        tile.Source = planes;
        tile.Gradient = gradient;
        tile.Offsets = _offsets;
        ConvGradSums.Add<V>(tile, rows, _plan.AllTaps, target);
    }
}
