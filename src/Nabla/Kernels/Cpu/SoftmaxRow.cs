using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Softmax over n &gt; 0 contiguous numbers, the lanes along them.</summary>
internal static unsafe class SoftmaxRow<V> where V : unmanaged, ILanes<V>
{
    /// <summary>The largest number; NaN when there is one.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double Max(byte* x, nint n)
    {
        if (n < V.Count)
        {
            return LaneWork.Max(LaneWork.First(V.LoadPart(x, n), n, V.Lowest));
        }

        // The last whole bundle overlaps the one before: a maximum doesn't mind.
        var last = V.Load(x + ((n - V.Count) * LaneWork.Size<V>()));
        var max = last;
        for (; n >= 2 * V.Count; n -= 2 * V.Count, x += 2 * sizeof(V))
        {
            max = V.Max(max, V.Load(x));
            last = V.Max(last, V.Load(x + sizeof(V)));
        }

        return LaneWork.Max(V.Max(n >= V.Count ? V.Max(max, V.Load(x)) : max, last));
    }

    /// <summary>The maximum, and log Σ exp(x − maximum).</summary>
    public static (double Max, double LogSum) LogSumExp(byte* x, nint n)
    {
        var max = Max(x, n);
        return (max, Math.Log(SumExp(x, null, n, max)));
    }

    /// <summary>y = exp(x − max) / Σ exp(x − max).</summary>
    public static void Normalize(byte* x, byte* y, nint n) =>
        Scale(y, n, 1 / SumExp(x, y, n, Max(x, n)));

    /// <summary>y = (x − max) − logSum.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Subtract(byte* x, byte* y, nint n, double max, double logSum)
    {
        var (m, s) = (V.Const(max), V.Const(logSum));
        for (; n >= V.Count; n -= V.Count, x += sizeof(V), y += sizeof(V))
        {
            V.Store((V.Load(x) - m) - s, y);
        }

        if (n > 0)
        {
            V.StorePart((V.LoadPart(x, n) - m) - s, y, n);
        }
    }

    /// <summary>gx = y·(gy − Σ gy·y).</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradient(byte* gy, byte* y, byte* gx, nint n)
    {
        var (a, b) = (V.Const(0), V.Const(0));
        nint i = 0;
        nint at = 0;
        for (; i <= n - (2 * V.Count); i += 2 * V.Count, at += 2 * sizeof(V))
        {
            a = V.Fma(V.Load(gy + at), V.Load(y + at), a);
            b = V.Fma(V.Load(gy + at + sizeof(V)), V.Load(y + at + sizeof(V)), b);
        }

        for (; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            a = V.Fma(LaneWork.Load<V>(gy + at, part), LaneWork.Load<V>(y + at, part), a);
        }

        var dot = V.Const(LaneWork.Sum(a + b));
        for (; n >= V.Count; n -= V.Count, gy += sizeof(V), y += sizeof(V), gx += sizeof(V))
        {
            V.Store(V.Load(y) * (V.Load(gy) - dot), gx);
        }

        if (n > 0)
        {
            V.StorePart(V.LoadPart(y, n) * (V.LoadPart(gy, n) - dot), gx, n);
        }
    }

    /// <summary>gx = gy − exp(y)·Σ gy.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void LogGradient(byte* gy, byte* y, byte* gx, nint n)
    {
        var (a, b) = (V.Const(0), V.Const(0));
        nint i = 0;
        nint at = 0;
        for (; i <= n - (2 * V.Count); i += 2 * V.Count, at += 2 * sizeof(V))
        {
            a += V.Load(gy + at);
            b += V.Load(gy + at + sizeof(V));
        }

        for (; i < n; i += V.Count, at += sizeof(V))
        {
            a += LaneWork.Load<V>(gy + at, nint.Min(V.Count, n - i));
        }

        var sum = V.Const(-LaneWork.Sum(a + b));
        for (; n >= V.Count; n -= V.Count, gy += sizeof(V), y += sizeof(V), gx += sizeof(V))
        {
            V.Store(V.Fma(V.Exp(V.Load(y)), sum, V.Load(gy)), gx);
        }

        if (n > 0)
        {
            V.StorePart(V.Fma(V.Exp(V.LoadPart(y, n)), sum, V.LoadPart(gy, n)), gx, n);
        }
    }

    /// <summary>Σ exp(x − max); writes the terms to y unless it is null.</summary>
    [MethodImpl(AggressiveOptimization)]
    private static double SumExp(byte* x, byte* y, nint n, double max)
    {
        var m = V.Const(max);
        var (a, b) = (V.Const(0), V.Const(0));
        nint i = 0;
        nint at = 0;
        for (; i <= n - (2 * V.Count); i += 2 * V.Count, at += 2 * sizeof(V))
        {
            var p = V.Exp(V.Load(x + at) - m);
            var q = V.Exp(V.Load(x + at + sizeof(V)) - m);
            a += p;
            b += q;
            if (y is not null)
            {
                V.Store(p, y + at);
                V.Store(q, y + at + sizeof(V));
            }
        }

        for (; i < n; i += V.Count, at += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var p = V.Exp(LaneWork.Load<V>(x + at, part) - m);
            a += LaneWork.First(p, part, V.Const(0));
            if (y is not null)
            {
                LaneWork.Store(p, y + at, part);
            }
        }

        return LaneWork.Sum(a + b);
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Scale(byte* y, nint n, double factor)
    {
        var f = V.Const(factor);
        for (; n >= V.Count; n -= V.Count, y += sizeof(V))
        {
            V.Store(V.Load(y) * f, y);
        }

        if (n > 0)
        {
            V.StorePart(V.LoadPart(y, n) * f, y, n);
        }
    }
}
