using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>What attention does with the rows of its operands.</summary>
internal static unsafe class AttentionRow<V> where V : unmanaged, ILanes<V>
{
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
}
