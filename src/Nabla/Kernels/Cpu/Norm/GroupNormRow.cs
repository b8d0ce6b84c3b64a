using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Group normalization of one group: planes of pixels &gt; 0 numbers, the lanes along
/// them, each with a weight and a bias of its own.</summary>
internal static unsafe class GroupNormRow<V> where V : unmanaged, ILanes<V>
{
    /// <summary>y[c, p] = (x[c, p] − mean)·invStd·weight[c] + bias[c].</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Normalize(
        byte* x, byte* weight, byte* bias, byte* y, nint channels, nint pixels, double mean,
        double invStd)
    {
        var size = LaneWork.Size<V>();
        var (m, s) = (V.Const(mean), V.Const(invStd));
        for (nint c = 0; c < channels; c++, x += pixels * size, y += pixels * size)
        {
            var w = V.Const(LaneWork.Read<V>(weight + (c * size)));
            var b = V.Const(LaneWork.Read<V>(bias + (c * size)));
            for (nint i = 0, at = 0; i < pixels; i += V.Count, at += sizeof(V))
            {
                var part = nint.Min(V.Count, pixels - i);
                var value = (LaneWork.Load<V>(x + at, part) - m) * s;
                LaneWork.Store(V.Fma(value, w, b), y + at, part);
            }
        }
    }

    /// <summary>
    /// With g = gy·weight: gx = invStd·(g − mean(g) − x̂·mean(g·x̂)); normals[c] = Σ gy·x̂ and
    /// sums[c] = Σ gy over the channel's pixels.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradient(
        byte* gy, byte* x, byte* weight, byte* gx, byte* normals, byte* sums, nint channels,
        nint pixels, double mean, double invStd)
    {
        var size = LaneWork.Size<V>();
        var m = V.Const(mean);
        var (sumG, dot) = (0.0, 0.0);
        for (nint c = 0; c < channels; c++)
        {
            var (sum, normal) = Sums(
                gy + (c * pixels * size), x + (c * pixels * size), pixels, m);
            normal *= invStd;
            LaneWork.Write<V>(sum, sums + (c * size));
            LaneWork.Write<V>(normal, normals + (c * size));
            var w = LaneWork.Read<V>(weight + (c * size));
            sumG += w * sum;
            dot += w * normal;
        }

        // invStd·(g − mean(g) − x̂·mean(g·x̂)) as gy·(invStd·w) + (x − mean)·slope + shift.
        var n = (double)channels * pixels;
        var slope = V.Const(-(dot / n) * invStd * invStd);
        var shift = V.Const(-(sumG / n) * invStd);
        for (nint c = 0; c < channels; c++)
        {
            var factor = V.Const(LaneWork.Read<V>(weight + (c * size)) * invStd);
            for (nint i = 0, at = c * pixels * size; i < pixels; i += V.Count, at += sizeof(V))
            {
                var part = nint.Min(V.Count, pixels - i);
                var line = V.Fma(LaneWork.Load<V>(x + at, part) - m, slope, shift);
                LaneWork.Store(
                    V.Fma(LaneWork.Load<V>(gy + at, part), factor, line), gx + at, part);
            }
        }
    }

    /// <summary>Σ gy and Σ gy·(x − mean) of a plane.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static (double Sum, double Centred) Sums(byte* gy, byte* x, nint pixels, V mean)
    {
        var (a, b, c, d) = (V.Const(0), V.Const(0), V.Const(0), V.Const(0));
        nint i = 0;
        nint at = 0;
        for (; i <= pixels - (2 * V.Count); i += 2 * V.Count, at += 2 * sizeof(V))
        {
            var p = V.Load(gy + at);
            var q = V.Load(gy + at + sizeof(V));
            a += p;
            b += q;
            c = V.Fma(p, V.Load(x + at) - mean, c);
            d = V.Fma(q, V.Load(x + at + sizeof(V)) - mean, d);
        }

        for (; i < pixels; i += V.Count, at += sizeof(V))
        {
            // Behind the plane's end gy is 0, and with it every term.
            var part = nint.Min(V.Count, pixels - i);
            var p = LaneWork.Load<V>(gy + at, part);
            a += p;
            c = V.Fma(p, LaneWork.Load<V>(x + at, part) - mean, c);
        }

        return (LaneWork.Sum(a + b), LaneWork.Sum(c + d));
    }
}
