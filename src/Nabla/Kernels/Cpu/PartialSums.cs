using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>Adds up what the chunks of a kernel have summed on their own.</summary>
internal static unsafe class PartialSums<V> where V : unmanaged, ILanes<V>
{
    /// <summary>to = Σ over parts of n numbers, which lie <paramref name="stride"/> bytes apart:
    /// the first may be the output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(byte* parts, byte* to, nint n, int count, nint stride)
    {
        for (nint i = 0, at = 0; i < n; i += V.Count, at += sizeof(V))
        {
            var width = nint.Min(V.Count, n - i);
            var sum = LaneWork.Load<V>(parts + at, width);
            for (nint p = 1; p < count; p++)
            {
                sum += LaneWork.Load<V>(parts + (p * stride) + at, width);
            }

            LaneWork.Store(sum, to + at, width);
        }
    }
}
