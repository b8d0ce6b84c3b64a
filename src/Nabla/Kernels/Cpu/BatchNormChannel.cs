using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Batch normalization of one channel whose samples are rows of contiguous numbers. A channel
/// mostly fits in the L2 cache, so it is read from memory once, whatever the number of passes.
/// </summary>
internal static unsafe class BatchNormChannel<V> where V : unmanaged, ILanes<V>
{
    /// <summary>Writes the channel's output and, in training, its statistics.</summary>
    public static void Forward(in BatchNorm.ForwardWork work, nint channel)
    {
        var rows = new Rows(work.Shape, channel);
        var at = channel * LaneWork.Size<V>();
        double mean, variance;
        if (work.Training)
        {
            (mean, variance) = Moments(work.X, rows);
            LaneWork.Write<V>(mean, work.Mean + at);
            LaneWork.Write<V>(variance, work.Variance + at);
        }
        else
        {
            mean = LaneWork.Read<V>(work.Mean + at);
            variance = LaneWork.Read<V>(work.Variance + at);
        }

        var invStd = 1 / Math.Sqrt(variance + work.Epsilon);
        if (work.Training)
        {
            LaneWork.Write<V>(invStd, work.InvStd + at);
        }

        var weight = work.Weight is null ? 1 : LaneWork.Read<V>(work.Weight + at);
        var bias = work.Bias is null ? 0 : LaneWork.Read<V>(work.Bias + at);
        Normalize(work.X, work.Y, rows, mean, weight * invStd, bias);
    }

    /// <summary>Writes the channel's gradients.</summary>
    public static void Backward(in BatchNorm.BackwardWork work, nint channel)
    {
        var rows = new Rows(work.Shape, channel);
        var at = channel * LaneWork.Size<V>();
        var mean = LaneWork.Read<V>(work.Mean + at);
        var invStd = LaneWork.Read<V>(work.InvStd + at);
        var weight = work.Weight is null ? 1 : LaneWork.Read<V>(work.Weight + at);
        double sum = 0, dot = 0;
        if (work.NeedsSums)
        {
            (sum, dot) = Sums(work.Gy, work.X, rows, mean);
        }

        if (work.Gweight is not null)
        {
            LaneWork.Write<V>(dot * invStd, work.Gweight + at);
        }

        if (work.Gbias is not null)
        {
            LaneWork.Write<V>(sum, work.Gbias + at);
        }

        var scale = weight * invStd;
        if (work.Gx is null)
        {
            return;
        }

        if (work.Training)
        {
            var share = scale / work.Shape.PerChannel;
            Gradient(
                work.Gy, work.X, work.Gx, rows, mean, scale, -share * invStd * invStd * dot,
                -share * sum);
        }
        else
        {
            Normalize(work.Gy, work.Gx, rows, 0, scale, 0);
        }
    }

    /// <summary>
    /// The mean and the biased variance. The second pass takes deviations from a mean that rounding
    /// may have moved: their own mean says how far, which mends both (Chan, Golub, LeVeque 1983).
    /// </summary>
    private static (double Mean, double Variance) Moments(byte* x, in Rows rows)
    {
        var count = (double)rows.Count * rows.Length;
        var center = LaneWork.Round<V>(Sum(x, rows) / count);
        var (sum, squares) = Deviations(x, rows, center);
        var shift = sum / count;
        return (LaneWork.Round<V>(center + shift), (squares / count) - (shift * shift));
    }

    [MethodImpl(AggressiveOptimization)]
    private static double Sum(byte* x, in Rows rows)
    {
        var total = V.Const(0);
        var row = x + rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var (a, b, n) = (V.Const(0), V.Const(0), rows.Length);
            var p = row;
            for (; n >= 2 * V.Count; n -= 2 * V.Count, p += 2 * sizeof(V))
            {
                a += V.Load(p);
                b += V.Load(p + sizeof(V));
            }

            if (n >= V.Count)
            {
                a += V.Load(p);
                n -= V.Count;
                p += sizeof(V);
            }

            b += V.LoadPart(p, n);
            total += a + b;
        }

        return LaneWork.Sum(total);
    }

    /// <summary>Σ (x − center) and Σ (x − center)².</summary>
    [MethodImpl(AggressiveOptimization)]
    private static (double Sum, double Squares) Deviations(byte* x, in Rows rows, double center)
    {
        var c = V.Const(center);
        var tail = LaneWork.First(c, rows.Length % V.Count, V.Const(0));
        var (sum, squares) = (V.Const(0), V.Const(0));
        var row = x + rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var n = rows.Length;
            var p = row;
            var (a, b, aa, bb) = (V.Const(0), V.Const(0), V.Const(0), V.Const(0));
            for (; n >= 2 * V.Count; n -= 2 * V.Count, p += 2 * sizeof(V))
            {
                var (d, e) = (V.Load(p) - c, V.Load(p + sizeof(V)) - c);
                a += d;
                b += e;
                aa = V.Fma(d, d, aa);
                bb = V.Fma(e, e, bb);
            }

            if (n >= V.Count)
            {
                var d = V.Load(p) - c;
                a += d;
                aa = V.Fma(d, d, aa);
                n -= V.Count;
                p += sizeof(V);
            }

            var rest = V.LoadPart(p, n) - tail;
            sum += (a + b) + rest;
            squares += V.Fma(rest, rest, aa + bb);
        }

        return (LaneWork.Sum(sum), LaneWork.Sum(squares));
    }

    /// <summary>y = (x − mean)·scale + bias.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Normalize(
        byte* x, byte* y, in Rows rows, double mean, double scale, double bias)
    {
        var (m, s, b) = (V.Const(mean), V.Const(scale), V.Const(bias));
        var at = rows.First;
        for (nint r = 0; r < rows.Count; r++, at += rows.Step)
        {
            var p = x + at;
            var q = y + at;
            var n = rows.Length;
            for (; n >= V.Count; n -= V.Count, p += sizeof(V), q += sizeof(V))
            {
                V.Store(V.Fma(V.Load(p) - m, s, b), q);
            }

            if (n > 0)
            {
                V.StorePart(V.Fma(V.LoadPart(p, n) - m, s, b), q, n);
            }
        }
    }

    /// <summary>Σ gy and Σ gy·(x − mean).</summary>
    [MethodImpl(AggressiveOptimization)]
    private static (double Sum, double Dot) Sums(byte* gy, byte* x, in Rows rows, double mean)
    {
        var m = V.Const(mean);
        var (sum, dot) = (V.Const(0), V.Const(0));
        var at = rows.First;
        for (nint r = 0; r < rows.Count; r++, at += rows.Step)
        {
            var p = gy + at;
            var q = x + at;
            var n = rows.Length;
            var (a, b, c, d) = (V.Const(0), V.Const(0), V.Const(0), V.Const(0));
            for (; n >= 2 * V.Count; n -= 2 * V.Count, p += 2 * sizeof(V), q += 2 * sizeof(V))
            {
                var (g, h) = (V.Load(p), V.Load(p + sizeof(V)));
                a += g;
                b += h;
                c = V.Fma(g, V.Load(q) - m, c);
                d = V.Fma(h, V.Load(q + sizeof(V)) - m, d);
            }

            if (n >= V.Count)
            {
                var g = V.Load(p);
                a += g;
                c = V.Fma(g, V.Load(q) - m, c);
                n -= V.Count;
                p += sizeof(V);
                q += sizeof(V);
            }

            // Lanes behind the end have a gradient of 0.
            var rest = V.LoadPart(p, n);
            sum += (a + b) + rest;
            dot += V.Fma(rest, V.LoadPart(q, n) - m, c + d);
        }

        return (LaneWork.Sum(sum), LaneWork.Sum(dot));
    }

    /// <summary>gx = gy·scale + (x − mean)·slope + shift.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Gradient(
        byte* gy, byte* x, byte* gx, in Rows rows, double mean, double scale, double slope,
        double shift)
    {
        var (m, s, k, t) = (V.Const(mean), V.Const(scale), V.Const(slope), V.Const(shift));
        var at = rows.First;
        for (nint r = 0; r < rows.Count; r++, at += rows.Step)
        {
            nint i = 0;
            var n = rows.Length;
            var p = gy + at;
            var q = x + at;
            var y = gx + at;
            for (; n >= V.Count; n -= V.Count, i += sizeof(V))
            {
                var rest = V.Fma(V.Load(q + i) - m, k, t);
                V.Store(V.Fma(V.Load(p + i), s, rest), y + i);
            }

            if (n > 0)
            {
                var rest = V.Fma(V.LoadPart(q + i, n) - m, k, t);
                V.StorePart(V.Fma(V.LoadPart(p + i, n), s, rest), y + i, n);
            }
        }
    }

    /// <summary>Where a channel's rows lie: offsets in bytes, lengths in numbers.</summary>
    private readonly struct Rows(in BatchNorm.Sizes shape, nint channel)
    {
        public readonly nint First = channel * (nint)shape.Length * LaneWork.Size<V>();
        public readonly nint Step =
            (nint)(shape.Channels * shape.Length) * LaneWork.Size<V>();

        public readonly nint Count = (nint)shape.Samples;
        public readonly nint Length = (nint)shape.Length;
    }
}
