using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>Moves channels between tensors and padded planes, one number a pixel.</summary>
internal static unsafe class ConvPlanes
{
    /// <summary>
    /// Copies the channels of one image and group into the inside of their padded planes,
    /// [phase][channel][row][column]. The padding must be zero already.
    /// </summary>
    public static void Pack(in ConvPlan plan, float* source, float* planes)
    {
        for (var phaseH = 0; phaseH < plan.H.SourceStep; phaseH++)
        {
            for (var phaseW = 0; phaseW < plan.W.SourceStep; phaseW++)
            {
                PackPhase(in plan, phaseH, phaseW, source, planes);
                planes += (nint)plan.Channels * plan.PlaneSize;
            }
        }
    }

    /// <summary>
    /// Copies rows of <paramref name="columns"/> numbers, <paramref name="planeRow"/> apart, to
    /// the part of a target channel that starts at <paramref name="target"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack(
        float* plane, int planeRow, int rows, int columns, float* target, nint row, int column)
    {
        for (var i = 0; i < rows; i++, plane += planeRow, target += row)
        {
            if (column == 1)
            {
                Copy(plane, target, columns);
                continue;
            }

            for (var j = 0; j < columns; j++)
            {
                target[j * (nint)column] = plane[j];
            }
        }
    }

    /// <summary>Copies an image's rows to rows <paramref name="planeRow"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Spread(float* source, int rows, int columns, float* plane, int planeRow)
    {
        for (var i = 0; i < rows; i++, source += columns, plane += planeRow)
        {
            Copy(source, plane, columns);
        }
    }

    /// <summary>Copies numbers that do not overlap; made for rows of an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* source, float* target, int count)
    {
        if (count >= 8)
        {
            for (var i = 0; i < count - 8; i += 8)
            {
                Vector256.Load(source + i).Store(target + i);
            }

            Vector256.Load(source + count - 8).Store(target + count - 8);
        }
        else if (count >= 4)
        {
            var last = Vector128.Load(source + count - 4);
            Vector128.Load(source).Store(target);
            last.Store(target + count - 4);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                target[i] = source[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackPhase(
        in ConvPlan plan, int phaseH, int phaseW, float* source, float* planes)
    {
        var (top, bottom) = plan.H.Inside(phaseH);
        var (left, right) = plan.W.Inside(phaseW);
        var (columns, step) = (right - left, plan.W.SourceStep);
        var first = plan.W.SourceOf(phaseW, left);
        nint rowStep = plan.H.SourceStep * plan.W.Source;
        source += (plan.H.SourceOf(phaseH, top) * (nint)plan.W.Source) + first;
        planes += (top * plan.W.Plane) + left;
        for (var c = 0; c < plan.Channels; c++)
        {
            var from = source;
            var to = planes;
            for (var i = top; i < bottom; i++, from += rowStep, to += plan.W.Plane)
            {
                if (step == 1)
                {
                    Copy(from, to, columns);
                    continue;
                }

                ConvStride.Pick(from, step, to, columns);
            }

            source += plan.SourceSize;
            planes += plan.PlaneSize;
        }
    }
}
