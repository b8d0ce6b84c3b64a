using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// What a recurrent cell sees of one sample at one time step: rows of H numbers, and of G·H where
/// there is one row for each gate.
/// </summary>
internal unsafe struct RecurrentRow
{
    /// <summary>Bytes from a gate's row to the next gate's.</summary>
    public nint Gate;

    /// <summary>The same in <see cref="Hidden"/>.</summary>
    public nint HiddenGate;

    /// <summary>The input's share of the gates, G·H; where it is looked up, first by
    /// <see cref="LookUp{TCell}"/>.</summary>
    public byte* Input;

    /// <summary>The table's first row, and the number of the one to look up; or null.</summary>
    public byte* Table;
    public long* Index;

    /// <summary>The former hidden state's share of the gates.</summary>
    public byte* Hidden;

    /// <summary>The biases that belong to <see cref="Hidden"/>, G·H, or null.</summary>
    public byte* Bias;

    /// <summary>The hidden state before the step, and after it.</summary>
    public byte* HBefore;
    public byte* H;

    /// <summary>The cell state before the step, and after it (LSTM).</summary>
    public byte* CBefore;
    public byte* C;

    /// <summary>What backward looks at again, one row for each that the cell keeps.</summary>
    public byte* Kept;

    /// <summary>The hidden share of the last gate, H, where its gradient is one of its own.
    /// </summary>
    public byte* KeptHidden;

    /// <summary>Backward: the gradient of <see cref="H"/> from the loss, H.</summary>
    public byte* GradH;

    /// <summary>Backward: the gradient of <see cref="C"/> from the loss, H, or null.</summary>
    public byte* GradC;

    /// <summary>Backward: the gradient of H from later steps, in; what reaches
    /// <see cref="HBefore"/> beside the product, out.</summary>
    public byte* CarryH;

    /// <summary>Backward: the gradient of C from later steps, in; of <see cref="CBefore"/>, out.
    /// </summary>
    public byte* CarryC;

    /// <summary>Backward, out: the gradient of <see cref="Input"/>, G·H.</summary>
    public byte* GradInput;

    /// <summary>Backward, out: the gradient of the last gate of <see cref="Hidden"/>, H, where it
    /// is another one than that of the input.</summary>
    public byte* GradHidden;

    /// <summary>Backward, added to: the sums over samples of <see cref="GradInput"/>, gate by gate,
    /// and behind them that of the last gate of <see cref="GradHidden"/> where it is another one;
    /// or null.</summary>
    public byte* Sums;

    /// <summary>Bytes from a gate's sums to the next gate's.</summary>
    public nint SumsGate;

    /// <summary>Finds the sample's input in a table, if there is one.</summary>
    [MethodImpl(AggressiveInlining)]
    public void LookUp<TCell>() where TCell : IRecurrentCell
    {
        if (Index != null)
        {
            Input = Table + ((nint)(*Index) * TCell.Gates * Gate);
        }
    }

    /// <summary>Goes to the next sample of the same step.</summary>
    [MethodImpl(AggressiveInlining)]
    public void Next<TCell>() where TCell : IRecurrentCell
    {
        var gates = TCell.Gates * Gate;
        Input += gates;
        Index = Index == null ? null : Index + 1;
        Hidden += TCell.Gates * HiddenGate;
        HBefore += Gate;
        H += Gate;
        Kept += TCell.Kept * Gate;
        KeptHidden += Gate;
        GradH += Gate;
        CarryH += Gate;
        GradInput += gates;
        GradHidden += Gate;
        if (TCell.HasCell)
        {
            CBefore += Gate;
            C += Gate;
            CarryC += Gate;
            GradC = GradC == null ? null : GradC + Gate;
        }
    }

    /// <summary>Writes a gate's gradient of the input's share, and adds it to the sum.</summary>
    [MethodImpl(AggressiveInlining)]
    public readonly void PutGradInput<V>(int gate, nint at, V value, nint n)
        where V : unmanaged, ILanes<V>
    {
        LaneWork.Store(value, GradInput + at + (gate * Gate), n);
        AddToSum(gate, at, value, n);
    }

    /// <summary>Adds a gradient to its sum.</summary>
    [MethodImpl(AggressiveInlining)]
    public readonly void AddToSum<V>(int sum, nint at, V value, nint n)
        where V : unmanaged, ILanes<V>
    {
        if (Sums != null)
        {
            var to = Sums + at + (sum * SumsGate);
            LaneWork.Store(LaneWork.Load<V>(to, n) + value, to, n);
        }
    }
}
