using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>One time step of a problem, to be read sample by sample.</summary>
internal unsafe struct RecurrentRows<T, TCell>
    where T : unmanaged
    where TCell : IRecurrentCell
{
    private RecurrentProblem _p;

    /// <summary>The time step's place in the arrays.</summary>
    public int Time { get; private set; }

    /// <summary>(N, H): the hidden state before the step.</summary>
    public T* HBefore { get; private set; }

    private T* CBefore { get; set; }

    /// <summary>The step of a number, counted in the direction of the layer.</summary>
    public static RecurrentRows<T, TCell> Of(in RecurrentProblem p, int step)
    {
        var time = p.Reverse ? p.Steps - 1 - step : step;
        nint before = (nint)(p.Reverse ? time + 1 : time - 1) * p.Samples * p.Units;
        return new()
        {
            _p = p,
            Time = time,
            HBefore = step == 0 ? (T*)p.H0 : (T*)p.H + before,
            CBefore = step == 0 ? (T*)p.C0 : (T*)p.C + before,
        };
    }

    /// <summary>A sample's rows from a hidden unit on.</summary>
    public readonly RecurrentRow At(int sample, int unit)
    {
        nint units = _p.Units;
        nint all = ((nint)Time * _p.Samples) + sample;
        var at = (sample * units) + unit;
        var states = (all * units) + unit;
        var gates = (all * units * TCell.Gates) + unit;
        var isTable = _p.Index != null;
        return new RecurrentRow
        {
            Gate = units * sizeof(T),
            Input = (byte*)((T*)_p.Input + gates),
            Table = isTable ? (byte*)((T*)_p.Input + unit) : null,
            Index = isTable ? _p.Index + all : null,
            Bias = _p.Bias == null ? null : (byte*)((T*)_p.Bias + unit),
            HBefore = (byte*)(HBefore + at),
            H = (byte*)((T*)_p.H + states),
            CBefore = (byte*)(CBefore + at),
            C = (byte*)((T*)_p.C + states),
            Kept = (byte*)((T*)_p.Kept + (all * units * TCell.Kept) + unit),
            KeptHidden = (byte*)((T*)_p.KeptHidden + states),
            GradH = (byte*)((T*)_p.GradH + states),
            GradC = _p.GradC == null ? null : (byte*)((T*)_p.GradC + states),
            CarryH = (byte*)((T*)_p.GradH0 + at),
            CarryC = (byte*)((T*)_p.GradC0 + at),
            GradInput = (byte*)((T*)_p.GradInput + gates),
            GradHidden = (byte*)((T*)_p.GradHidden + states),
        };
    }

    /// <summary>
    /// Asks for what the cell will touch of some samples, while a product keeps the core busy: the
    /// pieces are too short and too far apart for the hardware to guess. The gates take turns.
    /// Where the input is looked up, a table's rows are in the core's L2 already and the rest is
    /// only written, which nobody waits for: asking would keep the product from its own lines.
    /// </summary>
    public readonly void Prefetch(
        bool backward, int gate, int sample, int end, int unit, int units)
    {
        if (!Sse.IsSupported || _p.Index != null)
        {
            return;
        }
        var row = At(sample, unit);
        nint bytes = units * sizeof(T);
        var own = gate * row.Gate;
        for (; sample < end; sample++, row.Next<TCell>())
        {
            var gates = backward ? row.GradInput : row.Input;
            Ahead(gates + own, bytes);
            if (gate < TCell.Kept && row.Kept != gates)
            {
                Ahead(row.Kept + own, bytes);
            }
            if (gate > 0)
            {
                continue;
            }
            if (TCell.SplitsGradient)
            {
                Ahead(row.KeptHidden, bytes);
                if (backward && row.GradHidden != row.KeptHidden)
                {
                    Ahead(row.GradHidden, bytes);
                }
            }
            Ahead(row.HBefore, bytes);
            Ahead(backward ? row.GradH : row.H, bytes);
            if (TCell.HasCell)
            {
                Ahead(row.CBefore, bytes);
                Ahead(row.C, bytes);
            }
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static void Ahead(byte* from, nint bytes)
    {
        for (nint i = 0; i < bytes; i += 64)
        {
            Sse.Prefetch0(from + i);
        }
    }
}
