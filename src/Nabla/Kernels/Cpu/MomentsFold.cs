using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>How many numbers, their mean, and the sum of squared deviations from it.</summary>
internal struct Moment
{
    public double Count;
    public double Mean;
    public double Squares;
}

/// <summary>
/// Mean and variance in one pass over memory: a block in the L1 cache is read twice (mean, then
/// squared deviations), and blocks are merged by the update of Chan, Golub and LeVeque (1979).
/// </summary>
internal readonly unsafe struct MomentsFold<V>(
    in Operand mean, in Operand variance, long correction) : IBlockFold<Moment>
    where V : unmanaged, ILanes<V>
{
    private readonly ReduceOutput _mean = new(mean, DType.Float64);
    private readonly ReduceOutput _variance = new(variance, DType.Float64);

    public static Moment Empty => default;

    /// <summary>Moments of some rows are merged into the totals at once.</summary>
    public static int RowsOfBlock => int.MaxValue;

    private static int Size => sizeof(V) / V.Count;

    [MethodImpl(AggressiveInlining)]
    public static Moment Combine(in Moment a, in Moment b)
    {
        if (a.Count == 0)
        {
            return b;
        }

        var count = a.Count + b.Count;
        var difference = b.Mean - a.Mean;
        var weight = b.Count / count;
        return new()
        {
            Count = count,
            Mean = a.Mean + (difference * weight),
            Squares = a.Squares + b.Squares + (difference * difference * a.Count * weight),
        };
    }

    public static Moment Row(void* numbers, nint n)
    {
        if (n < V.Count)
        {
            return Few(numbers, n);
        }

        var mean = ReduceKernels<SumFn, V, F64x1>.Row(numbers, n).Value / n;
        return new() { Count = n, Mean = mean, Squares = Deviations(numbers, n, mean) };
    }

    private static Moment Few(void* numbers, nint n)
    {
        double sum = 0, squares = 0;
        for (nint i = 0; i < n; i++)
        {
            sum += Widen((byte*)numbers + (i * Size));
        }

        var mean = sum / n;
        for (nint i = 0; i < n; i++)
        {
            var deviation = Widen((byte*)numbers + (i * Size)) - mean;
            squares += deviation * deviation;
        }

        return new() { Count = n, Mean = mean, Squares = squares };
    }

    public static void Reset(void* block, nint width)
    {
    }

    public static void Flush(void* block, Moment* totals, nint width)
    {
    }

    [MethodImpl(AggressiveOptimization)]
    public static void Columns(void** rows, int count, nint width, void* block, Moment* totals)
    {
        var rest = width % V.Count;
        var whole = width - rest;
        for (nint i = 0; i < width; i += V.Count)
        {
            var n = i < whole ? V.Count : rest;
            var at = i * Size;
            var sum = V.Const(0);
            for (var r = 0; r < count; r++)
            {
                sum += LoadFirst((byte*)rows[r] + at, n);
            }

            var mean = sum / V.Const(count);
            var squares = V.Const(0);
            for (var r = 0; r < count; r++)
            {
                var deviation = LoadFirst((byte*)rows[r] + at, n) - mean;
                squares = V.Fma(deviation, deviation, squares);
            }

            Merge(mean, squares, count, totals + i, n);
        }
    }

    [SkipLocalsInit]
    public void Write(Moment* totals, nint count, long offset, long stride)
    {
        var means = stackalloc double[(int)count];
        var variances = stackalloc double[(int)count];
        for (nint i = 0; i < count; i++)
        {
            var total = totals[i];
            var freedom = total.Count - correction;
            means[i] = total.Count > 0 ? total.Mean : double.NaN;
            variances[i] = freedom > 0 ? total.Squares / freedom : double.NaN;
        }

        _mean.Write(means, count, offset, stride);
        _variance.Write(variances, count, offset, stride);
    }

    [MethodImpl(AggressiveInlining)]
    private static V LoadFirst(void* source, nint n) =>
        n == V.Count ? V.Load(source) : V.LoadPart(source, n);

    [SkipLocalsInit]
    [MethodImpl(AggressiveInlining)]
    private static void Merge(V mean, V squares, int count, Moment* totals, nint n)
    {
        var means = stackalloc byte[2 * sizeof(V)];
        V.Store(mean, means);
        V.Store(squares, means + sizeof(V));
        for (nint i = 0; i < n; i++)
        {
            totals[i] = Combine(totals[i], new()
            {
                Count = count,
                Mean = Widen(means + (i * Size)),
                Squares = Widen(means + sizeof(V) + (i * Size)),
            });
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static double Widen(void* number) =>
        Size == sizeof(float) ? *(float*)number : *(double*)number;

    [MethodImpl(AggressiveOptimization)]
    [SkipLocalsInit]
    private static double Deviations(void* numbers, nint n, double mean)
    {
        var x = (byte*)numbers;
        var center = V.Const(mean);
        V a = V.Const(0), b = a, c = a, d = a;
        for (; n >= 4 * V.Count; n -= 4 * V.Count)
        {
            var p = V.Load(x) - center;
            var q = V.Load(x + sizeof(V)) - center;
            var r = V.Load(x + (2 * sizeof(V))) - center;
            var s = V.Load(x + (3 * sizeof(V))) - center;
            a = V.Fma(p, p, a);
            b = V.Fma(q, q, b);
            c = V.Fma(r, r, c);
            d = V.Fma(s, s, d);
            x += 4 * sizeof(V);
        }

        for (; n >= V.Count; n -= V.Count)
        {
            var p = V.Load(x) - center;
            a = V.Fma(p, p, a);
            x += sizeof(V);
        }

        var lanes = stackalloc byte[sizeof(V)];
        if (n > 0)
        {
            // Lanes behind the end must not count as deviations of 0 from the mean.
            V.Store(center, lanes);
            V.StorePart(V.LoadPart(x, n), lanes, n);
            var p = V.Load(lanes) - center;
            b = V.Fma(p, p, b);
        }

        V.Store((a + b) + (c + d), lanes);
        return ReduceKernels<SumFn, V, F64x1>.Row(lanes, V.Count).Value;
    }
}
