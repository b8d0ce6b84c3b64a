using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Layer normalization of one row of n &gt; 0 numbers, the lanes along it.</summary>
internal static unsafe class LayerNormRow<V> where V : unmanaged, ILanes<V>
{
    /// <summary>
    /// The mean and 1 / √(variance + ε), the variance about the mean: a row stays in L1 between
    /// its two passes.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static (double Mean, double InvStd) Statistics(byte* x, nint n, double epsilon)
    {
        var (a, b, c, d) = (V.Const(0), V.Const(0), V.Const(0), V.Const(0));
        nint i = 0;
        nint at = 0;
        for (; i <= n - (4 * V.Count); i += 4 * V.Count, at += 4 * sizeof(V))
        {
            a += V.Load(x + at);
            b += V.Load(x + at + sizeof(V));
            c += V.Load(x + at + (2 * sizeof(V)));
            d += V.Load(x + at + (3 * sizeof(V)));
        }

        for (; i < n; i += V.Count, at += sizeof(V))
        {
            a += LaneWork.Load<V>(x + at, nint.Min(V.Count, n - i));
        }

        var mean = LaneWork.Sum((a + b) + (c + d)) / n;
        var m = V.Const(mean);
        a = b = c = d = V.Const(0);
        i = at = 0;
        for (; i <= n - (4 * V.Count); i += 4 * V.Count, at += 4 * sizeof(V))
        {
            var p = V.Load(x + at) - m;
            var q = V.Load(x + at + sizeof(V)) - m;
            var r = V.Load(x + at + (2 * sizeof(V))) - m;
            var s = V.Load(x + at + (3 * sizeof(V))) - m;
            a = V.Fma(p, p, a);
            b = V.Fma(q, q, b);
            c = V.Fma(r, r, c);
            d = V.Fma(s, s, d);
        }

        for (; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var p = LaneWork.First(LaneWork.Load<V>(x + at, part) - m, part, V.Const(0));
            a = V.Fma(p, p, a);
        }

        return (mean, 1 / Math.Sqrt((LaneWork.Sum((a + b) + (c + d)) / n) + epsilon));
    }

    /// <summary>y = (x − mean)·invStd·weight + bias.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Normalize(
        byte* x, byte* weight, byte* bias, byte* y, nint n, double mean, double invStd)
    {
        var (m, s) = (V.Const(mean), V.Const(invStd));
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var value = (LaneWork.Load<V>(x + at, part) - m) * s;
            if (weight is not null)
            {
                value = V.Fma(value, LaneWork.Load<V>(weight + at, part),
                    LaneWork.Load<V>(bias + at, part));
            }

            LaneWork.Store(value, y + at, part);
        }
    }

    /// <summary>
    /// With g = gy·weight: gx = invStd·(g − mean(g) − x̂·mean(g·x̂)); adds gy·x̂ to gweight and gy
    /// to gbias unless they are null.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradient(
        byte* gy, byte* x, byte* weight, byte* gx, byte* gweight, byte* gbias, nint n,
        double mean, double invStd)
    {
        var (m, s) = (V.Const(mean), V.Const(invStd));
        var (a, b) = (V.Const(0), V.Const(0));
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            // Behind the row's end gy is 0, and with it every term.
            var part = nint.Min(V.Count, n - i);
            var g = LaneWork.Load<V>(gy + at, part);
            var normal = (LaneWork.Load<V>(x + at, part) - m) * s;
            if (gweight is not null)
            {
                LaneWork.Store(
                    V.Fma(g, normal, LaneWork.Load<V>(gweight + at, part)), gweight + at, part);
                LaneWork.Store(g + LaneWork.Load<V>(gbias + at, part), gbias + at, part);
            }

            if (weight is not null)
            {
                g *= LaneWork.Load<V>(weight + at, part);
            }

            a += g;
            b = V.Fma(g, normal, b);
        }

        var meanG = V.Const(LaneWork.Sum(a) / n);
        var dot = V.Const(-LaneWork.Sum(b) / n);
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var g = LaneWork.Load<V>(gy + at, part);
            var normal = (LaneWork.Load<V>(x + at, part) - m) * s;
            if (weight is not null)
            {
                g *= LaneWork.Load<V>(weight + at, part);
            }

            LaneWork.Store(V.Fma(normal, dot, g - meanG) * s, gx + at, part);
        }
    }

    /// <summary>to = Σ over parts, which lie <paramref name="stride"/> bytes apart.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void AddParts(byte* parts, byte* to, nint n, int count, nint stride)
    {
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var width = nint.Min(V.Count, n - i);
            var sum = LaneWork.Load<V>(parts + at, width);
            for (nint p = 1; p < count; p++)
            {
                sum += LaneWork.Load<V>(parts + (p * stride) + at, width);
            }

            LaneWork.Store(sum, to + at, width);
        }
    }
}
