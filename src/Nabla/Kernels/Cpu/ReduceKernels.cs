using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The innermost loops of a reduction with lanes V; what leaves a block is accumulated as A, which
/// is float64 for float32 lanes, so only a block's own sum is rounded to float32.
/// </summary>
internal static unsafe class ReduceKernels<TFn, V, A>
    where TFn : struct, IReduceFn
    where V : unmanaged, ILanes<V>
    where A : unmanaged, ILanes<A>
{
    /// <summary>
    /// Folds n contiguous numbers: four bundles side by side, sixteen deep, then a tree.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    [SkipLocalsInit]
    public static A Row(void* x, nint n)
    {
        if (n < V.Count)
        {
            return Few(x, n);
        }

        var at = (byte*)x;
        var total = TFn.Identity<V>();
        while (n >= V.Count)
        {
            V a = TFn.Identity<V>(), b = a, c = a, d = a;
            for (var depth = 0; depth < 16 && n >= 4 * V.Count; depth++, n -= 4 * V.Count)
            {
                a = TFn.Combine(a, V.Load(at));
                b = TFn.Combine(b, V.Load(at + sizeof(V)));
                c = TFn.Combine(c, V.Load(at + (2 * sizeof(V))));
                d = TFn.Combine(d, V.Load(at + (3 * sizeof(V))));
                at += 4 * sizeof(V);
            }

            for (; n >= V.Count && n < 4 * V.Count; n -= V.Count)
            {
                a = TFn.Combine(a, V.Load(at));
                at += sizeof(V);
            }

            a = TFn.Combine(TFn.Combine(a, b), TFn.Combine(c, d));
            total = TFn.Combine(total, a);
        }

        var lanes = stackalloc byte[sizeof(V)];
        V.Store(total, lanes);
        var result = Tree(lanes);
        return n > 0 ? TFn.Combine(result, Few(at, n)) : result;
    }

    /// <summary>Folds fewer numbers than a bundle holds, in two chains.</summary>
    [MethodImpl(AggressiveInlining)]
    private static A Few(void* x, nint n)
    {
        var at = (byte*)x;
        var size = sizeof(V) / V.Count;
        A a = TFn.Identity<A>(), b = a;
        for (; n >= 2; n -= 2)
        {
            a = TFn.Combine(a, Widen(at));
            b = TFn.Combine(b, Widen(at + size));
            at += 2 * size;
        }

        return TFn.Combine(n > 0 ? TFn.Combine(a, Widen(at)) : a, b);
    }

    /// <summary>Folds eight rows of n numbers, as a tree, into the accumulators, lane by lane.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void EightRows(void** rows, void* accumulators, nint n)
    {
        byte* a = (byte*)rows[0], b = (byte*)rows[1], c = (byte*)rows[2], d = (byte*)rows[3];
        byte* e = (byte*)rows[4], f = (byte*)rows[5], g = (byte*)rows[6], h = (byte*)rows[7];
        var into = (byte*)accumulators;
        nint at = 0;
        for (; n >= V.Count; n -= V.Count, at += sizeof(V))
        {
            var upper = Four(V.Load(a + at), V.Load(b + at), V.Load(c + at), V.Load(d + at));
            var lower = Four(V.Load(e + at), V.Load(f + at), V.Load(g + at), V.Load(h + at));
            V.Store(TFn.Combine(V.Load(into + at), TFn.Combine(upper, lower)), into + at);
        }

        if (n > 0)
        {
            var upper = Four(V.LoadPart(a + at, n), V.LoadPart(b + at, n),
                V.LoadPart(c + at, n), V.LoadPart(d + at, n));
            var lower = Four(V.LoadPart(e + at, n), V.LoadPart(f + at, n),
                V.LoadPart(g + at, n), V.LoadPart(h + at, n));
            V.StorePart(TFn.Combine(V.LoadPart(into + at, n), TFn.Combine(upper, lower)),
                into + at, n);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static V Four(V a, V b, V c, V d) =>
        TFn.Combine(TFn.Combine(a, b), TFn.Combine(c, d));

    /// <summary>Folds one row of n numbers into the accumulators.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void OneRow(void* row, void* accumulators, nint n)
    {
        var x = (byte*)row;
        var into = (byte*)accumulators;
        nint at = 0;
        for (; n >= V.Count; n -= V.Count)
        {
            V.Store(TFn.Combine(V.Load(into + at), V.Load(x + at)), into + at);
            at += sizeof(V);
        }

        if (n > 0)
        {
            V.StorePart(TFn.Combine(V.LoadPart(into + at, n), V.LoadPart(x + at, n)),
                into + at, n);
        }
    }

    /// <summary>Folds n numbers of a block into wide totals.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Flush(void* block, A* totals, nint n)
    {
        var size = sizeof(V) / V.Count;
        for (nint i = 0; i < n; i++)
        {
            totals[i] = TFn.Combine(totals[i], Widen((byte*)block + (i * size)));
        }
    }

    /// <summary>Sets n numbers to the fold's identity.</summary>
    public static void Reset(void* block, nint n)
    {
        var at = (byte*)block;
        for (; n > 0; n -= V.Count)
        {
            V.StorePart(TFn.Identity<V>(), at, Math.Min(n, V.Count));
            at += sizeof(V);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static A Tree(void* lanes)
    {
        if (V.Count == 1)
        {
            return Widen(lanes);
        }

        var size = sizeof(V) / V.Count;
        var halves = stackalloc A[V.Count];
        for (var i = 0; i < V.Count; i++)
        {
            halves[i] = Widen((byte*)lanes + (i * size));
        }

        for (var width = V.Count / 2; width > 0; width /= 2)
        {
            for (var i = 0; i < width; i++)
            {
                halves[i] = TFn.Combine(halves[i], halves[i + width]);
            }
        }

        return halves[0];
    }

    [MethodImpl(AggressiveInlining)]
    private static A Widen(void* number) =>
        typeof(A) == typeof(F64x1) && sizeof(V) / V.Count == sizeof(float)
            ? A.Const(*(float*)number) : A.Load(number);
}
