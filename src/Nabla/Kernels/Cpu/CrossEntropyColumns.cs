using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Cross-entropy of positions that lie side by side, one a lane. Neighbouring classes are
/// <c>step</c> bytes apart; the first <c>columns</c> lanes are in use.
/// </summary>
internal static unsafe class CrossEntropyColumns<V> where V : unmanaged, ILanes<V>
{
    /// <summary>
    /// Writes every position's maximum and log Σ exp(x − maximum), and returns Σ w·(maximum − x) if
    /// it is wanted; w is 1 when null.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static V Forward(
        byte* x, byte* weight, nint n, nint step, nint columns, bool wanted,
        byte* maxima, byte* logSums)
    {
        var max = SoftmaxColumns<V>.Max(x, n, step, columns);
        var (sum, below) = (V.Const(0), V.Const(0));
        for (nint c = 0; c < n; c++)
        {
            var distance = LaneWork.Load<V>(x + (c * step), columns) - max;
            sum += V.Exp(distance);
            if (wanted)
            {
                below -= distance * WeightOf(weight, c);
            }
        }

        LaneWork.Store(max, maxima, columns);
        LaneWork.Store(V.Log(sum), logSums, columns);
        return below;
    }

    /// <summary>gx = soft·exp(x − max − logSum) − even·w; w is 1 when null.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Gradient(
        byte* x, byte* weight, byte* gx, nint n, nint step, nint columns,
        V max, V logSum, V soft, V even)
    {
        for (nint c = 0; c < n; c++)
        {
            var p = V.Exp((LaneWork.Load<V>(x + (c * step), columns) - max) - logSum);
            var spread = -(even * WeightOf(weight, c));
            LaneWork.Store(V.Fma(p, soft, spread), gx + (c * step), columns);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static V WeightOf(byte* weight, nint c) => V.Const(
        weight is null ? 1 : LaneWork.Read<V>(weight + (c * LaneWork.Size<V>())));
}
