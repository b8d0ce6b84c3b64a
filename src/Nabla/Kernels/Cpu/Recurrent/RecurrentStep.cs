using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Nabla.Kernels.Cpu;

/// <summary>A time step forward: the hidden state's share of the gates, and the cell.</summary>
internal unsafe struct RecurrentForwardStep<V, T, TCell> : IChunkBody
    where V : unmanaged, ILanes<V>
    where T : unmanaged
    where TCell : IRecurrentCell
{
    public RecurrentBlocks<T> Blocks;
    public RecurrentRows<T, TCell> Rows;
    public T* Packed;

    public readonly void Run(int chunk)
    {
        var (block, endBlock, first, end) = Blocks.Chunk(chunk);
        var perBlock = RecurrentBlocks<T>.PerBlock;
        using var scratch = Scratch.Rent<T>((nint)(end - first) * TCell.Gates * perBlock);
        var product = new GemmPanelProduct<T>
        {
            M = end - first,
            K = Blocks.Units,
            A = Rows.HBefore + ((nint)first * Blocks.Units),
            Lda = Blocks.Units,
            PanelRows = Blocks.Units,
            Ldc = TCell.Gates * perBlock,
        };
        for (; block < endBlock; block++)
        {
            var units = Blocks.UnitsOf(block);
            // Whole registers: the rest of a panel is 0, and nobody reads that of the product.
            product.N = units <= perBlock / 2 ? perBlock / 2 : perBlock;
            product.Panels = Packed + (block * Blocks.PackedBlock);
            product.C = (T*)scratch.Pointer;
            for (var gate = 0; gate < TCell.Gates; gate++)
            {
                GemmPanels<T>.Run(product);
                product.Panels += (nint)Blocks.Units * perBlock;
                product.C += perBlock;
            }
            Cells(first, end, block * perBlock, units, (T*)scratch.Pointer);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private readonly void Cells(int sample, int end, int unit, int units, T* hidden)
    {
        for (; sample < end; sample++)
        {
            var row = Rows.At(sample, unit);
            row.Hidden = (byte*)hidden;
            row.HiddenGate = (nint)RecurrentBlocks<T>.PerBlock * sizeof(T);
            hidden += TCell.Gates * RecurrentBlocks<T>.PerBlock;
            nint j = 0;
            for (; j <= units - V.Count; j += V.Count)
            {
                TCell.Forward<V>(row, j * sizeof(T), V.Count);
            }
            if (j < units)
            {
                TCell.Forward<V>(row, j * sizeof(T), units - j);
            }
        }
    }
}

/// <summary>A time step backward: what the later step passes on, and the cell.</summary>
internal unsafe struct RecurrentBackwardStep<V, T, TCell> : IChunkBody
    where V : unmanaged, ILanes<V>
    where T : unmanaged
    where TCell : IRecurrentCell
{
    public RecurrentBlocks<T> Blocks;
    public RecurrentRows<T, TCell> Rows;
    public T* Packed;

    /// <summary>(N, G·H): the gradient of the later step's hidden share; null if there is none.
    /// </summary>
    public T* Later;

    /// <summary>(N, H): the gradient of the hidden state.</summary>
    public T* Carry;

    /// <summary>There is no cell any more.</summary>
    public bool IsEnd;

    public readonly void Run(int chunk)
    {
        var (block, endBlock, first, end) = Blocks.Chunk(chunk);
        nint gates = (nint)TCell.Gates * Blocks.Units;
        for (; block < endBlock; block++)
        {
            var (unit, units) = (block * RecurrentBlocks<T>.PerBlock, Blocks.UnitsOf(block));
            if (Later != null)
            {
                GemmPanels<T>.Run(new GemmPanelProduct<T>
                {
                    M = end - first,
                    N = units,
                    K = (int)gates,
                    A = Later + (first * gates),
                    Lda = gates,
                    Panels = Packed + (block * Blocks.PackedBlock),
                    PanelRows = (int)gates,
                    C = Carry + ((nint)first * Blocks.Units) + unit,
                    Ldc = Blocks.Units,
                    Add = true,
                });
            }
            if (!IsEnd)
            {
                Cells(first, end, unit, units);
            }
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private readonly void Cells(int sample, int end, int unit, int units)
    {
        for (; sample < end; sample++)
        {
            var row = Rows.At(sample, unit);
            nint j = 0;
            for (; j <= units - V.Count; j += V.Count)
            {
                TCell.Backward<V>(row, j * sizeof(T), V.Count);
            }
            if (j < units)
            {
                TCell.Backward<V>(row, j * sizeof(T), units - j);
            }
        }
    }
}

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
        return new RecurrentRow
        {
            Gate = units * sizeof(T),
            Input = (byte*)((T*)_p.Input + gates),
            Bias = _p.Bias == null ? null : (byte*)((T*)_p.Bias + unit),
            HBefore = (byte*)(HBefore + at),
            H = (byte*)((T*)_p.H + states),
            CBefore = (byte*)(CBefore + at),
            C = (byte*)((T*)_p.C + states),
            Kept = (byte*)((T*)_p.Kept + (all * units * TCell.Kept) + unit),
            GradH = (byte*)((T*)_p.GradH + states),
            GradC = _p.GradC == null ? null : (byte*)((T*)_p.GradC + states),
            CarryH = (byte*)((T*)_p.GradH0 + at),
            CarryC = (byte*)((T*)_p.GradC0 + at),
            GradInput = (byte*)((T*)_p.GradInput + gates),
            GradHidden = (byte*)((T*)_p.GradHidden + gates),
        };
    }
}
