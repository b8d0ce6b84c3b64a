using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// i, f, o = σ(…), g = tanh(…), c = f·c′ + i·g, h = o·tanh c; gates in the order i, f, g, o
/// (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).
/// </summary>
internal readonly unsafe struct LstmCell : IRecurrentCell
{
    public static int Gates => 4;

    public static int Kept => 4;

    public static bool HasCell => true;

    public static bool SplitsGradient => false;

    public static int Sums => 4;

    // Not inlined: the JIT inlines the more into a method the longer it is by itself.
    [MethodImpl(AggressiveOptimization)]
    public static void Forward<V>(in RecurrentRow row, nint at, nint n)
        where V : unmanaged, ILanes<V>
    {
        var i = V.Sigmoid(Sum<V>(row, 0, at, n));
        var f = V.Sigmoid(Sum<V>(row, 1, at, n));
        var g = V.Tanh(Sum<V>(row, 2, at, n));
        var o = V.Sigmoid(Sum<V>(row, 3, at, n));
        var c = V.Fma(f, LaneWork.Load<V>(row.CBefore + at, n), i * g);
        LaneWork.Store(i, row.Kept + at, n);
        LaneWork.Store(f, row.Kept + at + row.Gate, n);
        LaneWork.Store(g, row.Kept + at + (2 * row.Gate), n);
        LaneWork.Store(o, row.Kept + at + (3 * row.Gate), n);
        LaneWork.Store(c, row.C + at, n);
        LaneWork.Store(o * V.Tanh(c), row.H + at, n);
    }

    [MethodImpl(AggressiveOptimization)]
    public static void Backward<V>(in RecurrentRow row, nint at, nint n)
        where V : unmanaged, ILanes<V>
    {
        var one = V.Const(1);
        var i = LaneWork.Load<V>(row.Kept + at, n);
        var f = LaneWork.Load<V>(row.Kept + at + row.Gate, n);
        var g = LaneWork.Load<V>(row.Kept + at + (2 * row.Gate), n);
        var o = LaneWork.Load<V>(row.Kept + at + (3 * row.Gate), n);
        var t = V.Tanh(LaneWork.Load<V>(row.C + at, n));
        var gh = LaneWork.Load<V>(row.GradH + at, n) + LaneWork.Load<V>(row.CarryH + at, n);
        var gc = V.Fma(gh * o, one - (t * t), LaneWork.Load<V>(row.CarryC + at, n));
        if (row.GradC != null)
        {
            gc += LaneWork.Load<V>(row.GradC + at, n);
        }
        var before = LaneWork.Load<V>(row.CBefore + at, n);
        row.PutGradInput(0, at, gc * g * i * (one - i), n);
        row.PutGradInput(1, at, gc * before * f * (one - f), n);
        row.PutGradInput(2, at, gc * i * (one - (g * g)), n);
        row.PutGradInput(3, at, gh * t * o * (one - o), n);
        LaneWork.Store(gc * f, row.CarryC + at, n);
        LaneWork.Store(V.Const(0), row.CarryH + at, n);
    }

    [MethodImpl(AggressiveInlining)]
    private static V Sum<V>(in RecurrentRow row, int gate, nint at, nint n)
        where V : unmanaged, ILanes<V>
    {
        var to = at + (gate * row.Gate);
        var sum = LaneWork.Load<V>(row.Input + to, n)
            + LaneWork.Load<V>(row.Hidden + at + (gate * row.HiddenGate), n);
        return row.Bias == null ? sum : sum + LaneWork.Load<V>(row.Bias + to, n);
    }
}
