using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Layer normalization of some neighbouring rows of n &gt; 0 numbers, the lanes along them. They
/// stay in the L1 cache between the passes.
/// </summary>
internal static unsafe class LayerNormRows<V, TRows>
    where V : unmanaged, ILanes<V>
    where TRows : struct, IRowLanes<TRows, V>
{
    private const int MostAhead = 16384;

    /// <summary>
    /// Each row's mean and 1 / √(variance + ε), the variance about the mean.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Statistics(byte* x, nint n, double epsilon, double* mean, double* invStd)
    {
        var stride = n * LaneWork.Size<V>();
        var (a, b) = (TRows.Same(V.Const(0)), TRows.Same(V.Const(0)));
        nint i = 0;
        for (; i <= n - (2 * V.Count); i += 2 * V.Count, x += 2 * sizeof(V))
        {
            a += TRows.Load(x, stride, V.Count);
            b += TRows.Load(x + sizeof(V), stride, V.Count);
        }

        for (; i < n; i += V.Count, x += sizeof(V))
        {
            a += TRows.Load(x, stride, nint.Min(V.Count, n - i));
        }

        TRows.Sum(a + b, mean);
        for (var row = 0; row < TRows.Count; row++)
        {
            mean[row] /= n;
        }

        x -= i * LaneWork.Size<V>();
        var m = TRows.Const(mean);
        (a, b) = (TRows.Same(V.Const(0)), TRows.Same(V.Const(0)));
        for (i = 0; i <= n - (2 * V.Count); i += 2 * V.Count, x += 2 * sizeof(V))
        {
            var p = TRows.Load(x, stride, V.Count) - m;
            a = TRows.Fma(p, p, a);
            var q = TRows.Load(x + sizeof(V), stride, V.Count) - m;
            b = TRows.Fma(q, q, b);
        }

        for (; i < n; i += V.Count, x += sizeof(V))
        {
            var part = nint.Min(V.Count, n - i);
            var p = TRows.First(
                TRows.Load(x, stride, part) - m, part, TRows.Same(V.Const(0)));
            a = TRows.Fma(p, p, a);
        }

        TRows.Sum(a + b, invStd);
        for (var row = 0; row < TRows.Count; row++)
        {
            invStd[row] = 1 / Math.Sqrt((invStd[row] / n) + epsilon);
        }
    }

    /// <summary>
    /// y = (x − mean)·invStd·weight + bias. Writing to memory that no cache holds begins with
    /// reading it, so the next rows of y are asked for meanwhile.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Normalize(
        byte* x, byte* weight, byte* bias, byte* y, nint n, double* mean, double* invStd)
    {
        var stride = n * LaneWork.Size<V>();
        var ahead = Ahead(stride);
        var (m, s) = (TRows.Const(mean), TRows.Const(invStd));
        nint i = 0, at = 0;
        for (; i <= n - V.Count; i += V.Count, at += sizeof(V))
        {
            TRows.Prefetch(y + ahead + at, stride);
            NormalizeAt(x, weight, bias, y, stride, at, V.Count, m, s);
        }

        if (i < n)
        {
            NormalizeAt(x, weight, bias, y, stride, at, n - i, m, s);
        }
    }

    /// <summary>
    /// With g = gy·weight: each row's mean(g) and −mean(g·x̂); adds gy·x̂ to gweight and gy to
    /// gbias unless they are null. x was kept since the forward pass: its next rows are asked for.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Dots(byte* gy, byte* x, byte* weight, byte* gweight, byte* gbias, nint n,
        double* mean, double* invStd, double* meanG, double* dot)
    {
        var stride = n * LaneWork.Size<V>();
        var ahead = Ahead(stride);
        var (m, s) = (TRows.Const(mean), TRows.Const(invStd));
        var (a, b) = (TRows.Same(V.Const(0)), TRows.Same(V.Const(0)));
        nint i = 0, at = 0;
        for (; i <= n - V.Count; i += V.Count, at += sizeof(V))
        {
            TRows.Prefetch(x + ahead + at, stride);
            DotsAt(gy, x, weight, gweight, gbias, stride, at, V.Count, m, s, ref a, ref b);
        }

        if (i < n)
        {
            // Behind the row's end gy is 0, and with it every term.
            DotsAt(gy, x, weight, gweight, gbias, stride, at, n - i, m, s, ref a, ref b);
        }

        TRows.Sum(a, meanG);
        TRows.Sum(b, dot);
        for (var row = 0; row < TRows.Count; row++)
        {
            meanG[row] /= n;
            dot[row] /= -n;
        }
    }

    /// <summary>
    /// gx = invStd·(g − mean(g) − x̂·mean(g·x̂)) from what <see cref="Dots"/> found; adds gx to
    /// gxSum unless it is null.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradient(byte* gy, byte* x, byte* weight, byte* gx, byte* gxSum, nint n,
        double* mean, double* invStd, double* meanG, double* dot)
    {
        var stride = n * LaneWork.Size<V>();
        var (m, s) = (TRows.Const(mean), TRows.Const(invStd));
        var (a, b) = (TRows.Const(meanG), TRows.Const(dot));
        nint i = 0, at = 0;
        for (; i <= n - V.Count; i += V.Count, at += sizeof(V))
        {
            GradientAt(gy, x, weight, gx, gxSum, stride, at, V.Count, m, s, a, b);
        }

        if (i < n)
        {
            GradientAt(gy, x, weight, gx, gxSum, stride, at, n - i, m, s, a, b);
        }
    }

    /// <summary>
    /// How far ahead to ask for rows that are likely to come from memory: two groups, or one of
    /// long rows, so that what is asked for is still in the L1 cache when its turn comes.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    private static nint Ahead(nint stride)
    {
        var group = TRows.Count * stride;
        return 2 * group <= MostAhead ? 2 * group : group;
    }

    [MethodImpl(AggressiveInlining)]
    private static void NormalizeAt(byte* x, byte* weight, byte* bias, byte* y,
        nint stride, nint at, nint n, TRows mean, TRows invStd)
    {
        var value = (TRows.Load(x + at, stride, n) - mean) * invStd;
        if (weight is not null)
        {
            value = TRows.Fma(value, TRows.Same(LaneWork.Load<V>(weight + at, n)),
                TRows.Same(LaneWork.Load<V>(bias + at, n)));
        }

        TRows.Store(value, y + at, stride, n);
    }

    /// <summary>Adds g to a and g·x̂ to b, and to the parameters' gradients what is theirs.
    /// </summary>
    [MethodImpl(AggressiveInlining)]
    private static void DotsAt(byte* gy, byte* x, byte* weight, byte* gweight, byte* gbias,
        nint stride, nint at, nint n, TRows mean, TRows invStd, ref TRows a, ref TRows b)
    {
        var g = TRows.Load(gy + at, stride, n);
        var normal = (TRows.Load(x + at, stride, n) - mean) * invStd;
        if (gweight is not null)
        {
            LaneWork.Store(TRows.AddProducts(g, normal, LaneWork.Load<V>(gweight + at, n)),
                gweight + at, n);
            LaneWork.Store(TRows.Add(g, LaneWork.Load<V>(gbias + at, n)), gbias + at, n);
        }

        if (weight is not null)
        {
            g *= TRows.Same(LaneWork.Load<V>(weight + at, n));
        }

        a += g;
        b = TRows.Fma(g, normal, b);
    }

    [MethodImpl(AggressiveInlining)]
    private static void GradientAt(byte* gy, byte* x, byte* weight, byte* gx, byte* gxSum,
        nint stride, nint at, nint n, TRows mean, TRows invStd, TRows meanG, TRows dot)
    {
        var g = TRows.Load(gy + at, stride, n);
        var normal = (TRows.Load(x + at, stride, n) - mean) * invStd;
        if (weight is not null)
        {
            g *= TRows.Same(LaneWork.Load<V>(weight + at, n));
        }

        var value = TRows.Fma(normal, dot, g - meanG) * invStd;
        TRows.Store(value, gx + at, stride, n);
        if (gxSum is not null)
        {
            LaneWork.Store(TRows.Add(value, LaneWork.Load<V>(gxSum + at, n)), gxSum + at, n);
        }
    }
}
