using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>Cross-entropy over n contiguous logits, the lanes along the classes.</summary>
internal static unsafe class CrossEntropyRow<V> where V : unmanaged, ILanes<V>
{
    /// <summary>Σ w·(max − x); w is 1 when null.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static double Below(byte* x, byte* weight, nint n, double max)
    {
        var m = V.Const(max);
        var sum = V.Const(0);
        for (nint i = 0; i < n; i += V.Count)
        {
            var part = nint.Min(V.Count, n - i);
            var at = i * LaneWork.Size<V>();
            var below = m - LaneWork.Load<V>(x + at, part);
            sum += weight is null
                ? LaneWork.First(below, part, V.Const(0))
                : below * LaneWork.Load<V>(weight + at, part);
        }

        return LaneWork.Sum(sum);
    }

    /// <summary>gx = soft·exp(x − max − logSum) − even·w; w is 1 when null.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradient(
        byte* x, byte* weight, byte* gx, nint n, double max, double logSum, double soft,
        double even)
    {
        var (m, s, a, e) = (V.Const(max), V.Const(logSum), V.Const(soft), V.Const(-even));
        for (nint i = 0; i < n; i += V.Count)
        {
            var part = nint.Min(V.Count, n - i);
            var at = i * LaneWork.Size<V>();
            var p = V.Exp((LaneWork.Load<V>(x + at, part) - m) - s);
            var spread = weight is null ? e : e * LaneWork.Load<V>(weight + at, part);
            LaneWork.Store(V.Fma(p, a, spread), gx + at, part);
        }
    }

    /// <summary>gx = 0.</summary>
    public static void Clear(byte* gx, nint n) =>
        NativeMemory.Clear(gx, (nuint)(n * LaneWork.Size<V>()));
}
