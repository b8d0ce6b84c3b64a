using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// r, z = σ(x + u), n = tanh(x + r·u), h = (1 − z)·n + z·h′ with u = W·h′ + b; gates in the order
/// r, z, n (Cho et al. 2014, in the variant that PyTorch and cuDNN have). Kept are r, z, n, and u
/// of n apart: so they may take the place of the input's share, and their gradients theirs.
/// </summary>
internal readonly unsafe struct GruCell : IRecurrentCell
{
    public static int Gates => 3;

    public static int Kept => 3;

    public static bool HasCell => false;

    public static bool SplitsGradient => true;

    public static int Sums => 4;

    [MethodImpl(AggressiveInlining)]
    public static void Forward<V>(in RecurrentRow row, nint at, nint n)
        where V : unmanaged, ILanes<V>
    {
        var r = V.Sigmoid(LaneWork.Load<V>(row.Input + at, n) + Hidden<V>(row, 0, at, n));
        var to = at + row.Gate;
        var z = V.Sigmoid(LaneWork.Load<V>(row.Input + to, n) + Hidden<V>(row, 1, at, n));
        to += row.Gate;
        var u = Hidden<V>(row, 2, at, n);
        var fresh = V.Tanh(V.Fma(r, u, LaneWork.Load<V>(row.Input + to, n)));
        var before = LaneWork.Load<V>(row.HBefore + at, n);
        LaneWork.Store(r, row.Kept + at, n);
        LaneWork.Store(z, row.Kept + at + row.Gate, n);
        LaneWork.Store(fresh, row.Kept + to, n);
        LaneWork.Store(u, row.KeptHidden + at, n);
        LaneWork.Store(V.Fma(z, before - fresh, fresh), row.H + at, n);
    }

    [MethodImpl(AggressiveInlining)]
    public static void Backward<V>(in RecurrentRow row, nint at, nint n)
        where V : unmanaged, ILanes<V>
    {
        var one = V.Const(1);
        var r = LaneWork.Load<V>(row.Kept + at, n);
        var z = LaneWork.Load<V>(row.Kept + at + row.Gate, n);
        var fresh = LaneWork.Load<V>(row.Kept + at + (2 * row.Gate), n);
        var u = LaneWork.Load<V>(row.KeptHidden + at, n);
        var before = LaneWork.Load<V>(row.HBefore + at, n);
        var gh = LaneWork.Load<V>(row.GradH + at, n) + LaneWork.Load<V>(row.CarryH + at, n);
        var gn = gh * (one - z) * (one - (fresh * fresh));
        var gr = gn * u * r * (one - r);
        var gz = gh * (before - fresh) * z * (one - z);
        var gu = gn * r;
        row.PutGradInput(0, at, gr, n);
        row.PutGradInput(1, at, gz, n);
        row.PutGradInput(2, at, gn, n);
        row.AddToSum(3, at, gu, n);
        LaneWork.Store(gu, row.GradHidden + at, n);
        LaneWork.Store(gh * z, row.CarryH + at, n);
    }

    [MethodImpl(AggressiveInlining)]
    private static V Hidden<V>(in RecurrentRow row, int gate, nint at, nint n)
        where V : unmanaged, ILanes<V>
    {
        var u = LaneWork.Load<V>(row.Hidden + at + (gate * row.HiddenGate), n);
        return row.Bias == null ? u : u + LaneWork.Load<V>(row.Bias + at + (gate * row.Gate), n);
    }
}
