using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Softmax over columns that lie side by side, one a lane. Neighbours along the axis are
/// <c>step</c> bytes apart; the first <c>columns</c> lanes are in use.
/// </summary>
internal static unsafe class SoftmaxColumns<V> where V : unmanaged, ILanes<V>
{
    /// <summary>Softmax, or its logarithm, of n numbers a column.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Forward(byte* x, byte* y, nint n, nint step, nint columns, bool log)
    {
        var max = Max(x, n, step, columns);
        var sum = V.Const(0);
        for (nint a = 0; a < n; a++)
        {
            var term = V.Exp(LaneWork.Load<V>(x + (a * step), columns) - max);
            sum += term;
            if (!log)
            {
                LaneWork.Store(term, y + (a * step), columns);
            }
        }

        if (log)
        {
            var logSum = V.Log(sum);
            for (nint a = 0; a < n; a++)
            {
                var value = LaneWork.Load<V>(x + (a * step), columns);
                LaneWork.Store((value - max) - logSum, y + (a * step), columns);
            }
        }
        else
        {
            var factor = V.Const(1) / sum;
            for (nint a = 0; a < n; a++)
            {
                var value = LaneWork.Load<V>(y + (a * step), columns);
                LaneWork.Store(value * factor, y + (a * step), columns);
            }
        }
    }

    /// <summary>The gradient of softmax, or of its logarithm, from the output y.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Backward(
        byte* gy, byte* y, byte* gx, nint n, nint step, nint columns, bool log)
    {
        var sum = V.Const(0);
        for (nint a = 0; a < n; a++)
        {
            var gradient = LaneWork.Load<V>(gy + (a * step), columns);
            sum = log ? sum + gradient
                : V.Fma(gradient, LaneWork.Load<V>(y + (a * step), columns), sum);
        }

        for (nint a = 0; a < n; a++)
        {
            var gradient = LaneWork.Load<V>(gy + (a * step), columns);
            var value = LaneWork.Load<V>(y + (a * step), columns);
            var result = log ? V.Fma(V.Exp(value), -sum, gradient) : value * (gradient - sum);
            LaneWork.Store(result, gx + (a * step), columns);
        }
    }

    /// <summary>The largest number of each column; NaN when there is one.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Max(byte* x, nint n, nint step, nint columns)
    {
        var max = V.Lowest;
        for (nint a = 0; a < n; a++)
        {
            max = V.Max(max, LaneWork.Load<V>(x + (a * step), columns));
        }

        return max;
    }
}
