using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// What attention does with a panel of scores: a row for each key, and a query in each lane, so
/// that maxima and sums over the keys need no work across lanes. A row is two registers here; a
/// panel of more goes through pair by pair.
/// </summary>
internal static unsafe class AttentionPanel<V> where V : unmanaged, ILanes<V>
{
    /// <summary>s ← s·scale + mask; the mask's rows are packed, or it is null.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Score(
        byte* s, nint keys, nint stride, byte* mask, nint maskStride, double scale)
    {
        var f = V.Const(scale);
        for (; keys > 0; keys--)
        {
            var a = V.Load(s) * f;
            var b = V.Load(s + sizeof(V)) * f;
            if (mask is not null)
            {
                a += V.Load(mask);
                b += V.Load(mask + sizeof(V));
                mask += maskStride;
            }
            V.Store(a, s);
            V.Store(b, s + sizeof(V));
            s += stride;
        }
    }

    /// <summary>Sets the first n lanes of a row.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Hide(byte* s, nint n, V value)
    {
        for (; n >= V.Count; n -= V.Count, s += sizeof(V))
        {
            V.Store(value, s);
        }
        if (n > 0)
        {
            V.Store(LaneWork.First(value, n, V.Load(s)), s);
        }
    }

    /// <summary>
    /// Takes scores into the running softmax: s ← exp(s·scale − max) with the largest score so far,
    /// and what the sums until now must shrink by. Maxima are times log₂ e.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Softmax(
        byte* s, nint keys, nint stride, double scale, byte* max, byte* sum, byte* shrink)
    {
        var a = V.Lowest;
        var b = V.Lowest;
        var at = s;
        nint i = keys;
        for (; i > 1; i -= 2)
        {
            var (c, d) = (V.Load(at + stride), V.Load(at + stride + sizeof(V)));
            a = V.Max(V.Max(V.Load(at), c), a);
            b = V.Max(V.Max(V.Load(at + sizeof(V)), d), b);
            at += 2 * stride;
        }
        if (i > 0)
        {
            a = V.Max(V.Load(at), a);
            b = V.Max(V.Load(at + sizeof(V)), b);
        }
        var f = V.Const(scale * AttentionPower<V>.Log2E);
        var (a0, b0) = (V.Load(max), V.Load(max + sizeof(V)));
        a = V.Max(a * f, a0);
        b = V.Max(b * f, b0);
        V.Store(a, max);
        V.Store(b, max + sizeof(V));
        // −∞ − −∞ would be NaN: exp(−∞ − 0) is the 0 that is meant.
        a = -V.Select(V.Equal(a, V.Lowest), V.Const(0), a);
        b = -V.Select(V.Equal(b, V.Lowest), V.Const(0), b);
        a0 = AttentionPower<V>.Of(a0 + a);
        b0 = AttentionPower<V>.Of(b0 + b);
        V.Store(a0, shrink);
        V.Store(b0, shrink + sizeof(V));
        Exp(s, keys, stride, f, a, b, sum, a0, b0);
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Exp(
        byte* s, nint keys, nint stride, V f, V a, V b, byte* sum, V a0, V b0)
    {
        var (suma, sumb) = (V.Const(0), V.Const(0));
        for (; keys > 0; keys--)
        {
            var x = AttentionPower<V>.Of(V.Fma(V.Load(s), f, a));
            var y = AttentionPower<V>.Of(V.Fma(V.Load(s + sizeof(V)), f, b));
            V.Store(x, s);
            V.Store(y, s + sizeof(V));
            suma += x;
            sumb += y;
            s += stride;
        }
        V.Store(V.Fma(V.Load(sum), a0, suma), sum);
        V.Store(V.Fma(V.Load(sum + sizeof(V)), b0, sumb), sum + sizeof(V));
    }

    /// <summary>
    /// What a row must be divided by at the end, inverted, and the logarithm of the sum of its
    /// exponentials: 0 and +∞ where there is none.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Finish(byte* max, byte* sum, nint n)
    {
        for (; n > 0; n -= V.Count, max += sizeof(V), sum += sizeof(V))
        {
            var value = V.Load(sum);
            var empty = V.Equal(value, V.Const(0));
            V.Store(
                V.Select(empty, V.Highest,
                    V.Fma(V.Load(max), V.Const(AttentionPower<V>.Log2), V.Log(value))),
                max);
            V.Store(V.Select(empty, V.Const(0), V.Const(1) / value), sum);
        }
    }

    /// <summary>Rows of x times a factor each; nothing behind the n numbers of a row is
    /// touched.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Scale(byte* x, nint rows, nint stride, nint n, byte* factors)
    {
        for (; rows > 0; rows--)
        {
            var f = V.Const(LaneWork.Read<V>(factors));
            var at = x;
            nint i = n;
            for (; i >= V.Count; i -= V.Count, at += sizeof(V))
            {
                V.Store(V.Load(at) * f, at);
            }
            if (i > 0)
            {
                V.StorePart(V.LoadPart(at, i) * f, at, i);
            }
            x += stride;
            factors += LaneWork.Size<V>();
        }
    }

    /// <summary>s ← s·keep·factor with keep of 0 and 1, always float32.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Drop(byte* s, nint n, float* keep, double factor)
    {
        var f = V.Const(factor);
        for (; n > 0; n -= V.Count, s += sizeof(V), keep += V.Count)
        {
            V.Store(V.Load(s) * (Kept(keep) * f), s);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static V Kept(float* keep) =>
        LaneWork.Size<V>() == sizeof(float) ? V.Load(keep) : V.Const(*keep);

    /// <summary>
    /// With p = exp(s·scale − logSum): g ← p·(g − dot)·factor, the scores' gradient, and s ← p, the
    /// weights.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradient(byte* s, byte* g, nint keys, nint stride, double scale,
        double factor, byte* logSum, byte* dot)
    {
        var e = V.Const(-AttentionPower<V>.Log2E);
        var f = V.Const(scale * AttentionPower<V>.Log2E);
        var h = V.Const(factor);
        var la = V.Load(logSum) * e;
        var lb = V.Load(logSum + sizeof(V)) * e;
        var da = -(V.Load(dot) * h);
        var db = -(V.Load(dot + sizeof(V)) * h);
        for (; keys > 0; keys--)
        {
            var x = AttentionPower<V>.Of(V.Fma(V.Load(s), f, la));
            var y = AttentionPower<V>.Of(V.Fma(V.Load(s + sizeof(V)), f, lb));
            V.Store(x, s);
            V.Store(y, s + sizeof(V));
            V.Store(x * V.Fma(V.Load(g), h, da), g);
            V.Store(y * V.Fma(V.Load(g + sizeof(V)), h, db), g + sizeof(V));
            s += stride;
            g += stride;
        }
    }

    /// <summary>
    /// The same with dropout, z = keep·kept: g ← p·(g·z − dot)·factor, and s ← p·z.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void GradientDropped(byte* s, byte* g, nint keys, nint stride, double scale,
        double factor, byte* logSum, byte* dot, float* keep, nint keepStride, double kept)
    {
        var e = V.Const(-AttentionPower<V>.Log2E);
        var f = V.Const(scale * AttentionPower<V>.Log2E);
        var (h, z) = (V.Const(factor), V.Const(kept));
        for (; keys > 0; keys--)
        {
            for (nint i = 0; i < 2; i++)
            {
                var at = i * sizeof(V);
                var part = Kept(keep + (i * V.Count)) * z;
                var x = AttentionPower<V>.Of(V.Fma(V.Load(s + at), f, V.Load(logSum + at) * e));
                V.Store(x * part, s + at);
                V.Store(x * (V.Load(g + at) * part - V.Load(dot + at)) * h, g + at);
            }
            s += stride;
            g += stride;
            keep += keepStride;
        }
    }
}
