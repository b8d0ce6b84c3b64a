using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>What attention does with one query's scores, the lanes along the keys.</summary>
internal static unsafe class AttentionRow<V> where V : unmanaged, ILanes<V>
{
    /// <summary>s ← s·scale + mask, and the largest of them: −∞ when there is none. The mask may
    /// be null.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double Score(byte* s, byte* mask, nint n, double scale)
    {
        var (f, max) = (V.Const(scale), V.Lowest);
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var value = LaneWork.Load<V>(s + at, part) * f;
            if (mask is not null)
            {
                value += LaneWork.Load<V>(mask + at, part);
            }

            LaneWork.Store(value, s + at, part);
            max = V.Max(max, LaneWork.First(value, part, V.Lowest));
        }

        return LaneWork.Max(max);
    }

    /// <summary>s ← exp(s − max), and their sum.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double Exp(byte* s, nint n, double max)
    {
        var (m, sum) = (V.Const(max), V.Const(0));
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var value = V.Exp(LaneWork.Load<V>(s + at, part) - m);
            LaneWork.Store(value, s + at, part);
            sum += LaneWork.First(value, part, V.Const(0));
        }

        return LaneWork.Sum(sum);
    }

    /// <summary>x ← x·factor.</summary>
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

    /// <summary>x ← x·keep·factor.</summary>
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
    /// the scores' gradient, and s ← p·z, the weights.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradient(byte* s, byte* g, byte* mask, float* keep, nint n, double scale,
        double logSum, double dot, double factor)
    {
        var (f, l, d, z) = (V.Const(scale), V.Const(logSum), V.Const(dot), V.Const(factor));
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var value = LaneWork.Load<V>(s + at, part) * f;
            if (mask is not null)
            {
                value += LaneWork.Load<V>(mask + at, part);
            }

            var p = V.Exp(value - l);
            var gp = LaneWork.Load<V>(g + at, part);
            var weight = p;
            if (keep is not null)
            {
                var kept = Kept(keep + i, part) * z;
                gp *= kept;
                weight *= kept;
            }

            LaneWork.Store(weight, s + at, part);
            LaneWork.Store(p * (gp - d) * f, g + at, part);
        }
    }

    /// <summary>Numbers that are float32, whatever the lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Kept(float* keep, nint n) => LaneWork.Size<V>() == sizeof(float)
        ? LaneWork.Load<V>(keep, n)
        : V.Const(*keep);
}
