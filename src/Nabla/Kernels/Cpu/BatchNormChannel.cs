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
            // As backward reads it, which may ask again which outputs were above 0.
            invStd = LaneWork.Round<V>(invStd);
            LaneWork.Write<V>(invStd, work.InvStd + at);
        }

        var weight = work.Weight is null ? 1 : LaneWork.Read<V>(work.Weight + at);
        var bias = work.Bias is null ? 0 : LaneWork.Read<V>(work.Bias + at);
        var scale = weight * invStd;
        switch (work.Upper)
        {
            case null:
                Normalize<BatchNormOpen>(work, rows, mean, scale, bias);
                break;
            case double.PositiveInfinity:
                Normalize<BatchNormRelu>(work, rows, mean, scale, bias);
                break;
            default:
                Normalize<BatchNormClamp>(work, rows, mean, scale, bias);
                break;
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

    /// <summary>y = (x − mean)·scale + bias, plus the residual, within limits.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Normalize<TLimit>(in BatchNorm.ForwardWork work, in Rows rows,
        double mean, double scale, double bias)
        where TLimit : struct, IBatchNormLimit
    {
        var (m, s, b, upper) = (
            V.Const(mean), V.Const(scale), V.Const(bias), V.Const(work.Upper ?? 0));
        var x = work.X;
        var y = work.Y;
        var residual = work.Residual;
        var row = rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var at = row;
            var n = rows.Length;
            for (; n >= V.Count; n -= V.Count, at += sizeof(V))
            {
                var value = V.Fma(V.Load(x + at) - m, s, b);
                if (residual is not null)
                {
                    value += V.Load(residual + at);
                }

                V.Store(TLimit.Limit(value, upper), y + at);
            }

            if (n > 0)
            {
                var value = V.Fma(V.LoadPart(x + at, n) - m, s, b);
                if (residual is not null)
                {
                    value += V.LoadPart(residual + at, n);
                }

                V.StorePart(TLimit.Limit(value, upper), y + at, n);
            }
        }
    }

    /// <summary>Where a channel's rows lie: offsets in bytes, lengths in numbers.</summary>
    internal readonly struct Rows(in BatchNorm.Sizes shape, nint channel)
    {
        public readonly nint First = channel * (nint)shape.Length * LaneWork.Size<V>();
        public readonly nint Step =
            (nint)(shape.Channels * shape.Length) * LaneWork.Size<V>();

        public readonly nint Count = (nint)shape.Samples;
        public readonly nint Length = (nint)shape.Length;
    }
}
