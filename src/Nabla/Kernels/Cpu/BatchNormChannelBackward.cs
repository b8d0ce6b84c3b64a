using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>The gradients of <see cref="BatchNormChannel{V}"/>. What the second pass reads is
/// mostly still in the L2 cache.</summary>
internal static unsafe class BatchNormChannelBackward<V> where V : unmanaged, ILanes<V>
{
    /// <summary>Writes the channel's gradients.</summary>
    public static void Run(in BatchNorm.BackwardWork work, nint channel)
    {
        switch (work.Upper)
        {
            case null:
                Run<BatchNormOpen>(work, channel);
                break;
            case double.PositiveInfinity:
                Run<BatchNormRelu>(work, channel);
                break;
            default:
                Run<BatchNormClamp>(work, channel);
                break;
        }
    }

    private static void Run<TLimit>(in BatchNorm.BackwardWork work, nint channel)
        where TLimit : struct, IBatchNormLimit
    {
        var rows = new BatchNormChannel<V>.Rows(work.Shape, channel);
        var at = channel * LaneWork.Size<V>();
        var invStd = LaneWork.Read<V>(work.InvStd + at);
        var weight = work.Weight is null ? 1 : LaneWork.Read<V>(work.Weight + at);
        var line = new Line(LaneWork.Read<V>(work.Mean + at), weight * invStd,
            work.Bias is null ? 0 : LaneWork.Read<V>(work.Bias + at), work.Upper ?? 0);
        double sum = 0, dot = 0;
        if (work.NeedsSums)
        {
            (sum, dot) = work.Joined is null
                ? Sums<TLimit>(work.Gy, work.X, rows, line)
                : JoinedSums(work, rows, line.Mean);
        }

        if (work.Gweight is not null)
        {
            LaneWork.Write<V>(dot * invStd, work.Gweight + at);
        }

        if (work.Gbias is not null)
        {
            LaneWork.Write<V>(sum, work.Gbias + at);
        }

        if (work.Gx is null)
        {
            return;
        }

        if (work.Training)
        {
            var share = line.Scale / work.Shape.PerChannel;
            Gradient<TLimit>(
                work.Joined is null ? work.Gy : work.Joined, work.X, work.Gx, rows, line,
                -share * invStd * invStd * dot, -share * sum);
        }
        else
        {
            Scale(work.Gy, work.Gx, rows, line.Scale);
        }
    }

    /// <summary>y = x·scale.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Scale(byte* x, byte* y, in BatchNormChannel<V>.Rows rows, double scale)
    {
        var s = V.Const(scale);
        var row = rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var at = row;
            for (var n = rows.Length; n > 0; n -= V.Count, at += sizeof(V))
            {
                var part = nint.Min(n, V.Count);
                LaneWork.Store(LaneWork.Load<V>(x + at, part) * s, y + at, part);
            }
        }
    }

    /// <summary>Σ gy and Σ gy·(x − mean), gy being 0 where the output was beyond a limit.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    private static (double Sum, double Dot) Sums<TLimit>(
        byte* gy, byte* x, in BatchNormChannel<V>.Rows rows, in Line line)
        where TLimit : struct, IBatchNormLimit
    {
        var (m, s, o, upper) = line.Lanes;
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
                var (v, w) = (V.Load(q) - m, V.Load(q + sizeof(V)) - m);
                var g = TLimit.Pass(V.Load(p), V.Fma(v, s, o), upper);
                var h = TLimit.Pass(V.Load(p + sizeof(V)), V.Fma(w, s, o), upper);
                a += g;
                b += h;
                c = V.Fma(g, v, c);
                d = V.Fma(h, w, d);
            }

            if (n >= V.Count)
            {
                var v = V.Load(q) - m;
                var g = TLimit.Pass(V.Load(p), V.Fma(v, s, o), upper);
                a += g;
                c = V.Fma(g, v, c);
                n -= V.Count;
                p += sizeof(V);
                q += sizeof(V);
            }

            // Lanes behind the end have a gradient of 0.
            var last = V.LoadPart(q, n) - m;
            var rest = TLimit.Pass(V.LoadPart(p, n), V.Fma(last, s, o), upper);
            sum += (a + b) + rest;
            dot += V.Fma(rest, last, c + d);
        }

        return (LaneWork.Sum(sum), LaneWork.Sum(dot));
    }

    /// <summary>Writes g = gy + other, or 0 where the mask is not above 0; Σ g and
    /// Σ g·(x − mean).</summary>
    [MethodImpl(AggressiveOptimization)]
    private static (double Sum, double Dot) JoinedSums(
        in BatchNorm.BackwardWork work, in BatchNormChannel<V>.Rows rows, double mean)
    {
        var m = V.Const(mean);
        var gy = work.Gy;
        var other = work.Other;
        var mask = work.Mask;
        var to = work.Joined;
        var x = work.X;
        var (sum, dot) = (V.Const(0), V.Const(0));
        var row = rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var at = row;
            var n = rows.Length;
            var (a, b, c, d) = (V.Const(0), V.Const(0), V.Const(0), V.Const(0));
            for (; n >= 2 * V.Count; n -= 2 * V.Count, at += 2 * sizeof(V))
            {
                var g = Join(gy, other, mask, at, V.Count);
                var h = Join(gy, other, mask, at + sizeof(V), V.Count);
                V.Store(g, to + at);
                V.Store(h, to + at + sizeof(V));
                a += g;
                b += h;
                c = V.Fma(g, V.Load(x + at) - m, c);
                d = V.Fma(h, V.Load(x + at + sizeof(V)) - m, d);
            }

            if (n >= V.Count)
            {
                var g = Join(gy, other, mask, at, V.Count);
                V.Store(g, to + at);
                a += g;
                c = V.Fma(g, V.Load(x + at) - m, c);
                n -= V.Count;
                at += sizeof(V);
            }

            var rest = Join(gy, other, mask, at, n);
            V.StorePart(rest, to + at, n);
            sum += (a + b) + rest;
            dot += V.Fma(rest, V.LoadPart(x + at, n) - m, c + d);
        }

        return (LaneWork.Sum(sum), LaneWork.Sum(dot));
    }

    [MethodImpl(AggressiveInlining)]
    private static V Join(byte* gy, byte* other, byte* mask, nint at, nint n)
    {
        var g = LaneWork.Load<V>(gy + at, n);
        if (other is not null)
        {
            g += LaneWork.Load<V>(other + at, n);
        }

        return mask is null
            ? g
            : BatchNormRelu.Pass(g, LaneWork.Load<V>(mask + at, n), g);
    }

    /// <summary>gx = gy·scale + (x − mean)·slope + shift, gy being 0 where the output was beyond a
    /// limit.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Gradient<TLimit>(
        byte* gy, byte* x, byte* gx, in BatchNormChannel<V>.Rows rows, in Line line,
        double slope, double shift)
        where TLimit : struct, IBatchNormLimit
    {
        var (m, s, o, upper) = line.Lanes;
        var (k, t) = (V.Const(slope), V.Const(shift));
        var row = rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var at = row;
            var n = rows.Length;
            for (; n >= V.Count; n -= V.Count, at += sizeof(V))
            {
                var v = V.Load(x + at) - m;
                var g = TLimit.Pass(V.Load(gy + at), V.Fma(v, s, o), upper);
                V.Store(V.Fma(g, s, V.Fma(v, k, t)), gx + at);
            }

            if (n > 0)
            {
                var v = V.LoadPart(x + at, n) - m;
                var g = TLimit.Pass(V.LoadPart(gy + at, n), V.Fma(v, s, o), upper);
                V.StorePart(V.Fma(g, s, V.Fma(v, k, t)), gx + at, n);
            }
        }
    }

    /// <summary>How a channel's outputs follow from x: (x − Mean)·Scale + Offset, which may be
    /// limited.</summary>
    private readonly record struct Line(double Mean, double Scale, double Offset, double Upper)
    {
        public (V Mean, V Scale, V Offset, V Upper) Lanes =>
            (V.Const(Mean), V.Const(Scale), V.Const(Offset), V.Const(Upper));
    }
}
