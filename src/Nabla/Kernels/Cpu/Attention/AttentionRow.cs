using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// What attention does with rows of scores, the lanes along the keys. Rows are read and written in
/// whole registers: behind the last key there must be room for one.
/// </summary>
internal static unsafe class AttentionRow<V> where V : unmanaged, ILanes<V>
{
    /// <summary>The largest of n numbers; −∞ when there is none.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double Largest(byte* s, nint n)
    {
        var max = V.Lowest;
        for (; n >= V.Count; n -= V.Count, s += sizeof(V))
        {
            max = V.Max(max, V.Load(s));
        }

        return LaneWork.Max(n > 0 ? V.Max(max, LaneWork.First(V.Load(s), n, V.Lowest)) : max);
    }

    /// <summary>s ← s·scale + mask, and the largest of them: −∞ when there is none. The mask may
    /// be null.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double Score(byte* s, byte* mask, nint n, double scale)
    {
        var (f, max) = (V.Const(scale), V.Lowest);
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var value = V.Load(s + at) * f;
            if (mask is not null)
            {
                value += LaneWork.Load<V>(mask + at, part);
            }

            V.Store(value, s + at);
            max = V.Max(max, LaneWork.First(value, part, V.Lowest));
        }

        return LaneWork.Max(max);
    }

    /// <summary>s ← exp(s·scale − max), zeros from <paramref name="n"/> up to
    /// <paramref name="width"/>, and the sum.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double Exp(byte* s, nint n, nint width, double scale, double max)
    {
        var (f, m, sum) = (V.Const(scale), V.Const(-max), V.Const(0));
        width -= n;
        for (; n >= V.Count; n -= V.Count, s += sizeof(V))
        {
            var value = V.Exp(V.Fma(V.Load(s), f, m));
            V.Store(value, s);
            sum += value;
        }

        if (n > 0)
        {
            var value = LaneWork.First(V.Exp(V.Fma(V.Load(s), f, m)), n, V.Const(0));
            V.Store(value, s);
            sum += value;
            width -= V.Count - n;
            s += sizeof(V);
        }

        Clear(s, width);
        return LaneWork.Sum(sum);
    }

    /// <summary>x ← x·factor; nothing behind the n numbers is touched.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Scale(byte* x, nint n, double factor)
    {
        var f = V.Const(factor);
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            LaneWork.Store(LaneWork.Load<V>(x + at, part) * f, x + at, part);
        }
    }

    /// <summary>x ← x·keep·factor with keep of 0 and 1.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Drop(byte* x, float* keep, nint n, double factor)
    {
        var f = V.Const(factor);
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            LaneWork.Store(
                LaneWork.Load<V>(x + at, part) * (Kept(keep + i, part) * f), x + at, part);
        }
    }

    /// <summary>Σ a·b.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double Dot(byte* a, byte* b, nint n)
    {
        var sum = V.Const(0);
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            sum = V.Fma(LaneWork.Load<V>(a + at, part), LaneWork.Load<V>(b + at, part), sum);
        }

        return LaneWork.Sum(sum);
    }

    /// <summary>
    /// With p = exp(s·scale + mask − logSum) and z = keep·factor (or 1): g ← p·(g·z − dot)·scale,
    /// the scores' gradient, and s ← p·z, the weights; both 0 from <paramref name="n"/> up to
    /// <paramref name="width"/>.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradient(byte* s, byte* g, byte* mask, float* keep, nint n, nint width,
        double scale, double logSum, double dot, double factor)
    {
        var (f, l, d, z) = (V.Const(scale), V.Const(-logSum), V.Const(dot), V.Const(factor));
        var plain = mask is null && keep is null;
        nint i = 0;
        nint at = 0;
        for (; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var weight = V.Fma(V.Load(s + at), f, l);
            var gp = V.Load(g + at);
            if (plain)
            {
                weight = V.Exp(weight);
                gp = weight * (gp - d) * f;
            }
            else
            {
                if (mask is not null)
                {
                    weight += LaneWork.Load<V>(mask + at, part);
                }

                weight = V.Exp(weight);
                var kept = keep is null ? V.Const(1) : Kept(keep + i, part) * z;
                gp = weight * (gp * kept - d) * f;
                weight *= kept;
            }

            V.Store(LaneWork.First(weight, part, V.Const(0)), s + at);
            V.Store(LaneWork.First(gp, part, V.Const(0)), g + at);
        }

        Clear(s + at, width - i);
        Clear(g + at, width - i);
    }

    /// <summary>Zeros in whole registers until n numbers are 0.</summary>
    [MethodImpl(AggressiveInlining)]
    private static void Clear(byte* s, nint n)
    {
        for (; n > 0; n -= V.Count, s += sizeof(V))
        {
            V.Store(V.Const(0), s);
        }
    }

    /// <summary>Numbers that are float32, whatever the lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Kept(float* keep, nint n) => LaneWork.Size<V>() == sizeof(float)
        ? LaneWork.Load<V>(keep, n)
        : V.Const(*keep);
}
