using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>What attention does with the rows of its operands.</summary>
internal static unsafe class AttentionRow<V> where V : unmanaged, ILanes<V>
{
    /// <summary>Writes Σ a·b of each row.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Dots(
        byte* a, nint strideA, byte* b, nint strideB, nint rows, nint n, byte* to)
    {
        for (; rows > 0; rows--)
        {
            var sum = V.Const(0);
            nint at = 0;
            var left = n;
            for (; left >= V.Count; left -= V.Count, at += sizeof(V))
            {
                sum = V.Fma(V.Load(a + at), V.Load(b + at), sum);
            }
            if (left > 0)
            {
                sum = V.Fma(V.LoadPart(a + at, left), V.LoadPart(b + at, left), sum);
            }
            LaneWork.Write<V>(LaneWork.Sum(sum), to);
            a += strideA;
            b += strideB;
            to += LaneWork.Size<V>();
        }
    }
}
