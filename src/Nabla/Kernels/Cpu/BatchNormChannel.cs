using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Batch normalization of some neighbouring channels whose samples are rows of contiguous numbers.
/// They mostly fit in the L2 cache, so they are read from memory once, whatever the number of
/// passes; small images are taken together, for memory to be read in runs.
/// </summary>
internal static unsafe class BatchNormChannel<V> where V : unmanaged, ILanes<V>
{
    /// <summary>The most channels at a time.</summary>
    private const int Most = 16;

    /// <summary>Bytes of a sample's channels that are enough for a run.</summary>
    private const nint RunBytes = 2048;

    /// <summary>How many channels to take at a time. Rows shorter than a bundle of lanes would
    /// wait for each other: a load of some lanes behind a store that touches the same bytes.
    /// </summary>
    public static nint Together(in BatchNorm.Sizes shape) => shape.Length < V.Count
        ? 1
        : nint.Clamp(RunBytes / ((nint)shape.Length * LaneWork.Size<V>()), 1, Most);

    /// <summary>Writes the channels' outputs and, in training, their statistics.</summary>
    /// <param name="work">What is read and written.</param>
    /// <param name="channel">The first channel.</param>
    /// <param name="count">How many there are.</param>
    [SkipLocalsInit]
    public static void Forward(in BatchNorm.ForwardWork work, nint channel, nint count)
    {
        var rows = new Rows(work.Shape, channel, count);
        var lines = stackalloc Line[Most];
        var moments = stackalloc Pair[Most];
        if (work.Training)
        {
            Moments(work.X, rows, lines, moments);
        }

        for (nint c = 0; c < count; c++)
        {
            var at = (channel + c) * LaneWork.Size<V>();
            double mean, variance, invStd;
            if (work.Training)
            {
                (mean, variance) = Corrected(lines[c], moments[c], work.Shape.PerChannel);
                LaneWork.Write<V>(mean, work.Mean + at);
                LaneWork.Write<V>(variance, work.Variance + at);

                // As backward reads it, which may ask again which outputs were above 0.
                invStd = LaneWork.Round<V>(1 / Math.Sqrt(variance + work.Epsilon));
                LaneWork.Write<V>(invStd, work.InvStd + at);
            }
            else
            {
                mean = LaneWork.Read<V>(work.Mean + at);
                variance = LaneWork.Read<V>(work.Variance + at);
                invStd = 1 / Math.Sqrt(variance + work.Epsilon);
            }

            var weight = work.Weight is null ? 1 : LaneWork.Read<V>(work.Weight + at);
            var bias = work.Bias is null ? 0 : LaneWork.Read<V>(work.Bias + at);
            lines[c] = new(mean, weight * invStd, bias);
        }

        switch (work.Upper)
        {
            case null:
                Normalize<BatchNormOpen>(work, rows, lines);
                break;
            case double.PositiveInfinity:
                Normalize<BatchNormRelu>(work, rows, lines);
                break;
            default:
                Normalize<BatchNormClamp>(work, rows, lines);
                break;
        }
    }

    /// <summary>
    /// The sums of deviations, and of their squares, from a mean that rounding may have moved,
    /// which is given as well.
    /// </summary>
    private static void Moments(byte* x, in Rows rows, Line* lines, Pair* moments)
    {
        Sum(x, rows, moments);
        for (nint c = 0; c < rows.Channels; c++)
        {
            var mean = LaneWork.Sum(moments[c].A) / ((double)rows.Count * rows.Length);
            lines[c].Mean = V.Const(mean);
        }

        Deviations(x, rows, lines, moments);
    }

    /// <summary>
    /// The mean and the biased variance. The deviations' own mean says how far rounding has moved
    /// the mean they are from, which mends both (Chan, Golub, LeVeque 1983).
    /// </summary>
    private static (double Mean, double Variance) Corrected(
        in Line line, in Pair moments, double count)
    {
        var mean = line.Mean;
        var shift = LaneWork.Sum(moments.A) / count;
        return (LaneWork.Round<V>(LaneWork.Read<V>(&mean) + shift),
            (LaneWork.Sum(moments.B) / count) - (shift * shift));
    }

    /// <summary>A = Σ x.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Sum(byte* x, in Rows rows, Pair* sums)
    {
        for (nint c = 0; c < rows.Channels; c++)
        {
            sums[c].A = V.Const(0);
        }

        var row = x + rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var p = row;
            for (nint c = 0; c < rows.Channels; c++)
            {
                var (a, b, n) = (V.Const(0), V.Const(0), rows.Length);
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

                if (n > 0)
                {
                    b += V.LoadPart(p, n);
                    p += n * LaneWork.Size<V>();
                }

                sums[c].A += a + b;
            }
        }
    }

    /// <summary>A = Σ (x − mean) and B = Σ (x − mean)².</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Deviations(byte* x, in Rows rows, Line* lines, Pair* sums)
    {
        var part = rows.Length % V.Count;
        for (nint c = 0; c < rows.Channels; c++)
        {
            sums[c] = new(V.Const(0), V.Const(0));
            lines[c].Scale = LaneWork.First(lines[c].Mean, part, V.Const(0));
        }

        var row = x + rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var p = row;
            for (nint k = 0; k < rows.Channels; k++)
            {
                var c = lines[k].Mean;
                var n = rows.Length;
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

                (a, aa) = (a + b, aa + bb);
                if (n > 0)
                {
                    // The mean's lanes behind the end are 0, too.
                    var rest = V.LoadPart(p, n) - lines[k].Scale;
                    a += rest;
                    aa = V.Fma(rest, rest, aa);
                    p += n * LaneWork.Size<V>();
                }

                sums[k].A += a;
                sums[k].B += aa;
            }
        }
    }

    /// <summary>y = (x − mean)·scale + bias, plus the residual, within limits.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Normalize<TLimit>(
        in BatchNorm.ForwardWork work, in Rows rows, Line* lines)
        where TLimit : struct, IBatchNormLimit
    {
        var upper = V.Const(work.Upper ?? 0);
        var x = work.X;
        var y = work.Y;
        var residual = work.Residual;
        var row = rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var at = row;
            for (nint c = 0; c < rows.Channels; c++)
            {
                var (m, s, b) = (lines[c].Mean, lines[c].Scale, lines[c].Offset);
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
                    at += n * LaneWork.Size<V>();
                }
            }
        }
    }

    /// <summary>Where some channels' rows lie: offsets in bytes, lengths in numbers.</summary>
    internal readonly struct Rows(in BatchNorm.Sizes shape, nint channel, nint channels)
    {
        public readonly nint First = channel * (nint)shape.Length * LaneWork.Size<V>();
        public readonly nint Step =
            (nint)(shape.Channels * shape.Length) * LaneWork.Size<V>();

        public readonly nint Channels = channels;
        public readonly nint Count = (nint)shape.Samples;
        public readonly nint Length = (nint)shape.Length;
    }

    /// <summary>How a channel's outputs follow from x: (x − Mean)·Scale + Offset.</summary>
    internal struct Line(double mean, double scale, double offset)
    {
        public V Mean = V.Const(mean);
        public V Scale = V.Const(scale);
        public V Offset = V.Const(offset);
    }

    /// <summary>Two of a channel's sums, by lanes.</summary>
    internal struct Pair(V a, V b)
    {
        public V A = a;
        public V B = b;
    }
}
