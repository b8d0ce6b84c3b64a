using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>The gradients of <see cref="BatchNormChannel{V}"/>. What the second pass reads is
/// mostly still in the L2 cache.</summary>
internal static unsafe class BatchNormChannelBackward<V> where V : unmanaged, ILanes<V>
{
    /// <summary>Writes the channels' gradients.</summary>
    /// <param name="work">What is read and written.</param>
    /// <param name="channel">The first channel.</param>
    /// <param name="count">How many there are.</param>
    public static void Run(in BatchNorm.BackwardWork work, nint channel, nint count)
    {
        switch (work.Upper)
        {
            case null:
                Run<BatchNormOpen>(work, channel, count);
                break;
            case double.PositiveInfinity:
                Run<BatchNormRelu>(work, channel, count);
                break;
            default:
                Run<BatchNormClamp>(work, channel, count);
                break;
        }
    }

    [SkipLocalsInit]
    private static void Run<TLimit>(in BatchNorm.BackwardWork work, nint channel, nint count)
        where TLimit : struct, IBatchNormLimit
    {
        var rows = new BatchNormChannel<V>.Rows(work.Shape, channel, count);
        var lines = stackalloc BatchNormChannel<V>.Line[(int)count];
        var sums = stackalloc BatchNormChannel<V>.Pair[(int)count];
        for (nint c = 0; c < count; c++)
        {
            var at = (channel + c) * LaneWork.Size<V>();
            lines[c] = new(LaneWork.Read<V>(work.Mean + at), Scale(work, at),
                work.Bias is null ? 0 : LaneWork.Read<V>(work.Bias + at));
            sums[c] = new(V.Const(0), V.Const(0));
        }

        if (work.Joined is not null)
        {
            JoinedSums(work, rows, lines, sums);
        }
        else if (work.NeedsSums)
        {
            Sums<TLimit>(work, rows, lines, sums);
        }

        for (nint c = 0; c < count; c++)
        {
            var at = (channel + c) * LaneWork.Size<V>();
            var invStd = LaneWork.Read<V>(work.InvStd + at);
            var (sum, dot) = (LaneWork.Sum(sums[c].A), LaneWork.Sum(sums[c].B));
            if (work.Gweight is not null)
            {
                LaneWork.Write<V>(dot * invStd, work.Gweight + at);
            }

            if (work.Gbias is not null)
            {
                LaneWork.Write<V>(sum, work.Gbias + at);
            }

            var share = work.Training ? -Scale(work, at) / work.Shape.PerChannel : 0;
            sums[c] = new(V.Const(share * invStd * invStd * dot), V.Const(share * sum));
        }

        if (work.Gx is not null)
        {
            Gradient<TLimit>(work, rows, lines, sums);
        }
    }

    /// <summary>weight · invStd.</summary>
    private static double Scale(in BatchNorm.BackwardWork work, nint at) =>
        (work.Weight is null ? 1 : LaneWork.Read<V>(work.Weight + at))
            * LaneWork.Read<V>(work.InvStd + at);

    /// <summary>A += Σ gy and B += Σ gy·(x − mean), gy being 0 where the output was beyond a
    /// limit.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Sums<TLimit>(in BatchNorm.BackwardWork work,
        in BatchNormChannel<V>.Rows rows, BatchNormChannel<V>.Line* lines,
        BatchNormChannel<V>.Pair* sums)
        where TLimit : struct, IBatchNormLimit
    {
        var upper = V.Const(work.Upper ?? 0);
        var gy = work.Gy;
        var x = work.X;
        var row = rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var at = row;
            for (nint k = 0; k < rows.Channels; k++)
            {
                var (m, s, o) = (lines[k].Mean, lines[k].Scale, lines[k].Offset);
                var n = rows.Length;
                var (a, b, c, d) = (V.Const(0), V.Const(0), V.Const(0), V.Const(0));
                for (; n >= 2 * V.Count; n -= 2 * V.Count, at += 2 * sizeof(V))
                {
                    var (v, w) = (V.Load(x + at) - m, V.Load(x + at + sizeof(V)) - m);
                    var g = TLimit.Pass(V.Load(gy + at), V.Fma(v, s, o), upper);
                    var h = TLimit.Pass(V.Load(gy + at + sizeof(V)), V.Fma(w, s, o), upper);
                    a += g;
                    b += h;
                    c = V.Fma(g, v, c);
                    d = V.Fma(h, w, d);
                }

                if (n >= V.Count)
                {
                    var v = V.Load(x + at) - m;
                    var g = TLimit.Pass(V.Load(gy + at), V.Fma(v, s, o), upper);
                    a += g;
                    c = V.Fma(g, v, c);
                    n -= V.Count;
                    at += sizeof(V);
                }

                (a, c) = (a + b, c + d);
                if (n > 0)
                {
                    // Lanes behind the end have a gradient of 0.
                    var v = V.LoadPart(x + at, n) - m;
                    var g = TLimit.Pass(V.LoadPart(gy + at, n), V.Fma(v, s, o), upper);
                    a += g;
                    c = V.Fma(g, v, c);
                    at += n * LaneWork.Size<V>();
                }

                sums[k].A += a;
                sums[k].B += c;
            }
        }
    }

    /// <summary>Writes g = gy + other, or 0 where the mask is not above 0; A += Σ g and
    /// B += Σ g·(x − mean).</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void JoinedSums(in BatchNorm.BackwardWork work,
        in BatchNormChannel<V>.Rows rows, BatchNormChannel<V>.Line* lines,
        BatchNormChannel<V>.Pair* sums)
    {
        var gy = work.Gy;
        var other = work.Other;
        var mask = work.Mask;
        var to = work.Joined;
        var x = work.X;
        var row = rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var at = row;
            for (nint k = 0; k < rows.Channels; k++)
            {
                var m = lines[k].Mean;
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

                (a, c) = (a + b, c + d);
                if (n > 0)
                {
                    var g = Join(gy, other, mask, at, n);
                    V.StorePart(g, to + at, n);
                    a += g;
                    c = V.Fma(g, V.LoadPart(x + at, n) - m, c);
                    at += n * LaneWork.Size<V>();
                }

                sums[k].A += a;
                sums[k].B += c;
            }
        }
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

    /// <summary>gx = g·scale + (x − mean)·A + B, g being the joined gradient, or gy and 0 where the
    /// output was beyond a limit.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static void Gradient<TLimit>(in BatchNorm.BackwardWork work,
        in BatchNormChannel<V>.Rows rows, BatchNormChannel<V>.Line* lines,
        BatchNormChannel<V>.Pair* slopes)
        where TLimit : struct, IBatchNormLimit
    {
        var upper = V.Const(work.Upper ?? 0);
        var gy = work.Joined is null ? work.Gy : work.Joined;
        var x = work.X;
        var gx = work.Gx;
        var row = rows.First;
        for (nint r = 0; r < rows.Count; r++, row += rows.Step)
        {
            var at = row;
            for (nint c = 0; c < rows.Channels; c++)
            {
                var (m, s, o) = (lines[c].Mean, lines[c].Scale, lines[c].Offset);
                var (k, t) = (slopes[c].A, slopes[c].B);
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
                    at += n * LaneWork.Size<V>();
                }
            }
        }
    }
}
