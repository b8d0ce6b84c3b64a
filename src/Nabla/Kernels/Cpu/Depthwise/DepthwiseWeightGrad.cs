using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The gradient with respect to a depthwise convolution's weights: for each channel and tap, the
/// sum over images and pixels of the output's gradient times the padded input at the tap's offset.
/// </summary>
/// <remarks>
/// The gradient's rows get the plane's pitch and zeros at their ends, so that an image is one run.
/// Nine taps are summed at a time, lane by lane over all images of a block.
/// </remarks>
internal unsafe struct DepthwiseWeightGrad<V> : IChunkBody where V : unmanaged, IConvVector<V>
{
    /// <summary>Chunks to aim at, from sizes alone.</summary>
    private const int LeastChunks = 16;

    private ConvPlan _plan;
    private DepthwisePlane _layout;
    private int _images;
    private int _blocks;
    private float* _source;
    private float* _gradient;
    private float* _partials;
    private nint* _offsets;

    /// <summary>Computes (Groups, 1, R, S) from the input and the output's gradient.</summary>
    /// <param name="plan">A forward geometry that <see cref="DepthwisePlane.Suits"/>.</param>
    /// <param name="images">N.</param>
    /// <param name="source">The input.</param>
    /// <param name="gradient">The output's gradient.</param>
    /// <param name="weights">Where the result goes.</param>
    public static void Run(
        in ConvPlan plan, int images, float* source, float* gradient, float* weights)
    {
        var count = plan.Groups * (nint)plan.AllTaps;
        using var tables = Scratch.Rent<nint>(DepthwisePlane.Room(in plan));
        var body = new DepthwiseWeightGrad<V>
        {
            _plan = plan,
            _layout = new(in plan, (nint*)tables.Pointer),
            _images = images,
            _blocks = Math.Clamp(LeastChunks / plan.Groups, 1, Math.Max(1, images)),
            _source = source,
            _gradient = gradient,
        };
        using var offsets = Scratch.Rent<nint>(body.PaddedTaps);
        body._offsets = (nint*)offsets.Pointer;
        new Span<nint>(body._offsets, body.PaddedTaps).Clear();
        plan.WriteOffsets(0, 0, 1, body._offsets);
        if (body._blocks == 1)
        {
            body._partials = weights;
            WorkerTeam.For(plan.Groups, ref body);
            return;
        }

        using var partials = Scratch.Rent<float>(body._blocks * count);
        body._partials = (float*)partials.Pointer;
        WorkerTeam.For(body._blocks * plan.Groups, ref body);
        ConvPartials.Add(body._partials, body._blocks, count, weights);
    }

    /// <inheritdoc/>
    public readonly void Run(int chunk)
    {
        var (block, group) = Math.DivRem(chunk, _plan.Groups);
        var first = (int)((long)_images * block / _blocks);
        var end = (int)((long)_images * (block + 1) / _blocks);
        var vectors = (_plan.JoinedRun + V.Count - 1) / V.Count;
        var planeSize = _plan.PlanesSize + V.Count;
        var gradientSize = Math.Max(vectors * (nint)V.Count, _plan.H.Target * (nint)_plan.W.Plane);
        var sumsSize = PaddedTaps * (nint)V.Count;
        using var lease = Scratch.Rent<float>(planeSize + gradientSize + sumsSize);
        var plane = (float*)lease.Pointer;
        var gradient = plane + planeSize;
        var sums = gradient + gradientSize;
        NativeMemory.Clear(plane, (nuint)(planeSize + gradientSize + sumsSize) * sizeof(float));
        for (var image = first; image < end; image++)
        {
            var at = (image * (nint)_plan.Groups) + group;
            var source = _source + (at * _plan.SourceSize);
            var next = image + 1 < end ? _plan.Groups * (nint)_plan.SourceSize : 0;
            _layout.Pack(source, _plan.H.Source, plane, source + next);
            ConvPlanes.Spread(
                _gradient + (at * _plan.TargetSize), _plan.H.Target, _plan.W.Target, gradient,
                _plan.W.Plane);
            for (var tap = 0; tap < _plan.AllTaps; tap += DepthwiseTaps.Nine)
            {
                DepthwiseTaps.Sum<V>(
                    plane, _offsets + tap, gradient, sums + (tap * (nint)V.Count), vectors);
            }
        }

        var target = _partials + (chunk * (nint)_plan.AllTaps);
        for (var tap = 0; tap < _plan.AllTaps; tap++)
        {
            var sum = 0f;
            for (var lane = 0; lane < V.Count; lane++)
            {
                sum += sums[(tap * V.Count) + lane];
            }

            target[tap] = sum;
        }
    }

    /// <summary>Taps in whole nines: what is read for those that there are not is dropped.
    /// </summary>
    private readonly int PaddedTaps =>
        (_plan.AllTaps + DepthwiseTaps.Nine - 1) / DepthwiseTaps.Nine * DepthwiseTaps.Nine;
}
