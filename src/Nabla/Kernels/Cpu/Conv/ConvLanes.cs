using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Moves channels between tensors and padded planes that hold as many images as a register has
/// lanes, one image a lane: for small images no lane is lost to a row's end.
/// </summary>
/// <remarks>For plans without phases, that is with stride 1.</remarks>
internal static unsafe class ConvLanes
{
    private const int MaxLanes = 16;

    /// <summary>
    /// Interleaves channels of up to V.Count images into the inside of their padded planes,
    /// [channel][row][column][image]. The padding must be zero already.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<V>(
        in ConvPlan plan, float* source, nint imageStride, int images, float* planes)
        where V : unmanaged, IConvVector<V>
    {
        var (top, bottom) = plan.H.Inside(0);
        var (left, right) = plan.W.Inside(0);
        var columns = right - left;
        var row = plan.W.Source;
        source += (plan.H.SourceOf(0, top) * (nint)row) + plan.W.SourceOf(0, left);
        planes += ((top * plan.W.Plane) + left) * (nint)V.Count;
        for (var c = 0; c < plan.Channels; c++)
        {
            Interleave<V>(
                source, imageStride, row, images, bottom - top, columns, planes, plan.W.Plane);
            source += plan.SourceSize;
            planes += plan.PlaneSize * (nint)V.Count;
        }
    }

    /// <summary>
    /// Interleaves the images of a channel: rows × columns pixels of each, rows
    /// <paramref name="sourceRow"/> and <paramref name="targetRow"/> pixels apart.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave<V>(
        float* source,
        nint imageStride,
        int sourceRow,
        int images,
        int rows,
        int columns,
        float* target,
        int targetRow)
        where V : unmanaged, IConvVector<V>
    {
        if (sourceRow == columns && targetRow == columns)
        {
            (rows, columns) = (1, rows * columns);
        }
        else if (images == V.Count && columns < V.Count && sourceRow == columns
            && rows * columns >= V.Count)
        {
            InterleaveShortRows<V>(
                source, imageStride, rows * columns, columns, target, targetRow);
            return;
        }

        for (var i = 0; i < rows; i++)
        {
            var from = source + (i * (nint)sourceRow);
            var to = target + (i * (nint)targetRow * V.Count);
            if (images < V.Count || columns < V.Count)
            {
                InterleaveSome<V>(from, imageStride, images, columns, to);
                continue;
            }

            for (var j = 0; j < columns; j += V.Count)
            {
                // The last block overlaps the one before, so that none is partial.
                var at = Math.Min(j, columns - V.Count);
                V.Transpose(from + at, imageStride, to + (at * V.Count), V.Count);
            }
        }
    }

    /// <summary>
    /// Takes <paramref name="pixels"/> interleaved pixels of a channel apart again.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack<V>(
        float* source, int pixels, float* target, nint imageStride, int images)
        where V : unmanaged, IConvVector<V>
    {
        if (images < V.Count || pixels < V.Count)
        {
            for (var image = 0; image < images; image++)
            {
                for (var j = 0; j < pixels; j++)
                {
                    target[(image * imageStride) + j] = source[(j * V.Count) + image];
                }
            }

            return;
        }

        for (var j = 0; j < pixels; j += V.Count)
        {
            var at = Math.Min(j, pixels - V.Count);
            V.Transpose(source + (at * V.Count), V.Count, target + at, imageStride);
        }
    }

    /// <summary>Transposes across the ends of rows, then deals the pixels out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InterleaveShortRows<V>(
        float* source, nint imageStride, int pixels, int columns, float* target, int targetRow)
        where V : unmanaged, IConvVector<V>
    {
        var block = stackalloc float[MaxLanes * MaxLanes];
        for (var j = 0; j < pixels; j += V.Count)
        {
            var at = Math.Min(j, pixels - V.Count);
            V.Transpose(source + at, imageStride, block, V.Count);
            var (row, column) = (at / columns, at % columns);
            var to = target + (((row * (nint)targetRow) + column) * V.Count);
            for (var i = 0; i < V.Count; i++, to += V.Count)
            {
                V.Store(V.Load(block + (i * V.Count)), to);
                if (++column == columns)
                {
                    column = 0;
                    to += (targetRow - columns) * (nint)V.Count;
                }
            }
        }
    }

    private static void InterleaveSome<V>(
        float* source, nint imageStride, int images, int columns, float* target)
        where V : unmanaged, IConvVector<V>
    {
        for (var image = 0; image < images; image++)
        {
            var from = source + (image * imageStride);
            for (var j = 0; j < columns; j++)
            {
                target[(j * (nint)V.Count) + image] = from[j];
            }
        }

        for (var image = images; image < V.Count; image++)
        {
            for (var j = 0; j < columns; j++)
            {
                target[(j * (nint)V.Count) + image] = 0;
            }
        }
    }
}
