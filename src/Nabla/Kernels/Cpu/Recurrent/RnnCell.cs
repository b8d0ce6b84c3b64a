using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>A bounded function and its derivative, from its value.</summary>
internal interface IRnnActivation
{
    static abstract V Value<V>(V x) where V : unmanaged, ILanes<V>;

    static abstract V Slope<V>(V y) where V : unmanaged, ILanes<V>;
}

/// <summary>tanh x; its derivative is 1 − y².</summary>
internal readonly struct RnnTanh : IRnnActivation
{
    [MethodImpl(AggressiveInlining)]
    public static V Value<V>(V x) where V : unmanaged, ILanes<V> => V.Tanh(x);

    [MethodImpl(AggressiveInlining)]
    public static V Slope<V>(V y) where V : unmanaged, ILanes<V> => V.Const(1) - (y * y);
}

/// <summary>max(x, 0); its derivative is 1 where y is above 0.</summary>
internal readonly struct RnnRelu : IRnnActivation
{
    [MethodImpl(AggressiveInlining)]
    public static V Value<V>(V x) where V : unmanaged, ILanes<V> => V.Max(x, V.Const(0));

    [MethodImpl(AggressiveInlining)]
    public static V Slope<V>(V y) where V : unmanaged, ILanes<V> => V.Less(V.Const(0), y);
}

/// <summary>h = act(x + W·h′ + b) (Elman, Finding Structure in Time, 1990).</summary>
internal readonly unsafe struct RnnCell<TActivation> : IRecurrentCell
    where TActivation : IRnnActivation
{
    public static int Gates => 1;

    public static int Kept => 0;

    public static bool HasCell => false;

    public static bool SplitsGradient => false;

    public static int Sums => 1;

    [MethodImpl(AggressiveInlining)]
    public static void Forward<V>(in RecurrentRow row, nint at, nint n)
        where V : unmanaged, ILanes<V>
    {
        var sum = LaneWork.Load<V>(row.Input + at, n) + LaneWork.Load<V>(row.Hidden + at, n);
        if (row.Bias != null)
        {
            sum += LaneWork.Load<V>(row.Bias + at, n);
        }
        LaneWork.Store(TActivation.Value(sum), row.H + at, n);
    }

    [MethodImpl(AggressiveInlining)]
    public static void Backward<V>(in RecurrentRow row, nint at, nint n)
        where V : unmanaged, ILanes<V>
    {
        var grad = LaneWork.Load<V>(row.GradH + at, n) + LaneWork.Load<V>(row.CarryH + at, n);
        var y = LaneWork.Load<V>(row.H + at, n);
        row.PutGradInput(0, at, grad * TActivation.Slope(y), n);
        LaneWork.Store(V.Const(0), row.CarryH + at, n);
    }
}
