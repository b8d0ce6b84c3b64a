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
        var (block, endBlock, firstPart, endPart) = Blocks.Chunk(chunk);
        var (first, end) = (Blocks.Sample(firstPart), Blocks.Sample(endPart));
        var perBlock = RecurrentBlocks<T>.PerBlock;
        using var scratch = Scratch.Rent<T>((nint)(end - first) * TCell.Gates * perBlock);
        var product = new GemmPanelProduct<T>
        {
            K = Blocks.Units,
            Lda = Blocks.Units,
            PanelRows = Blocks.Units,
            Ldc = TCell.Gates * perBlock,
        };
        for (; block < endBlock; block++)
        {
            var (unit, units) = (block * perBlock, Blocks.UnitsOf(block));
            // Whole registers: the rest of a panel is 0, and nobody reads that of the product.
            product.N = units <= perBlock / 2 ? perBlock / 2 : perBlock;
            for (var gate = 0; gate < TCell.Gates; gate++)
            {
                product.Panels = Packed + (block * Blocks.PackedBlock)
                    + (gate * (nint)Blocks.Units * perBlock);
                for (var sample = first; sample < end; sample += product.M)
                {
                    product.M = GemmPanels<T>.Rows(end - sample);
                    product.A = Rows.HBefore + ((nint)sample * Blocks.Units);
                    product.C = (T*)scratch.Pointer + ((sample - first) * product.Ldc)
                        + (gate * perBlock);
                    Rows.Prefetch(backward: false, gate, sample, sample + product.M, unit, units);
                    GemmPanels<T>.Run(product);
                }
            }
            Cells(first, end, unit, units, (T*)scratch.Pointer);
        }
    }

    private readonly void Cells(int sample, int end, int unit, int units, T* hidden)
    {
        var row = Rows.At(sample, unit);
        row.Hidden = (byte*)hidden;
        row.HiddenGate = (nint)RecurrentBlocks<T>.PerBlock * sizeof(T);
        var rest = units % V.Count;
        if (rest < units)
        {
            Whole(row, end - sample, units - rest);
        }
        if (rest > 0)
        {
            Rest(row, end - sample, units - rest, rest);
        }
    }

    // Two methods, since one with both would hold more than the JIT inlines into one.
    [MethodImpl(AggressiveOptimization)]
    private static void Whole(RecurrentRow row, int samples, nint units)
    {
        for (; samples > 0; samples--, row.Next<TCell>())
        {
            row.LookUp<TCell>();
            for (nint j = 0; j < units; j += V.Count)
            {
                TCell.Forward<V>(row, j * sizeof(T), V.Count);
            }
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Rest(RecurrentRow row, int samples, nint unit, nint units)
    {
        for (; samples > 0; samples--, row.Next<TCell>())
        {
            row.LookUp<TCell>();
            TCell.Forward<V>(row, unit * sizeof(T), units);
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

    /// <summary>(N, G·H): the gradient of the later step's input share; null if there is none.
    /// </summary>
    public T* Later;

    /// <summary>(N, H): that of its hidden share's last gate, where it is another one.</summary>
    public T* LaterHidden;

    /// <summary>(N, H): the gradient of the hidden state.</summary>
    public T* Carry;

    /// <summary>There is no cell any more.</summary>
    public bool IsEnd;

    /// <summary>Room for the sums over steps and samples, by parts of the samples; or null.
    /// </summary>
    public T* Sums;

    public readonly void Run(int chunk)
    {
        var (block, endBlock, firstPart, endPart) = Blocks.Chunk(chunk);
        var (first, end) = (Blocks.Sample(firstPart), Blocks.Sample(endPart));
        nint gates = (nint)TCell.Gates * Blocks.Units;
        for (; block < endBlock; block++)
        {
            var (unit, units) = (block * RecurrentBlocks<T>.PerBlock, Blocks.UnitsOf(block));
            if (Later != null)
            {
                Product(block, first, end, gates, unit, units);
            }
            if (IsEnd)
            {
                continue;
            }
            if (Sums == null)
            {
                Cells(first, end, unit, units, null);
                continue;
            }
            using var scratch = Scratch.Rent<T>(TCell.Sums * RecurrentBlocks<T>.PerBlock);
            for (var part = firstPart; part < endPart; part++)
            {
                Cells(Blocks.Sample(part), Blocks.Sample(part + 1), unit, units,
                    (T*)scratch.Pointer);
                Add((T*)scratch.Pointer,
                    Sums + (part * TCell.Sums * (nint)Blocks.Units) + unit, units);
            }
        }
    }

    /// <summary>Gate by gate, so that its weights are in L1 for all samples.</summary>
    private readonly void Product(
        int block, int first, int end, nint gates, int unit, int units)
    {
        var product = new GemmPanelProduct<T>
        {
            N = units,
            K = Blocks.Units,
            PanelRows = (int)gates,
            Ldc = Blocks.Units,
            Add = true,
        };
        for (nint gate = 0; gate < TCell.Gates; gate++)
        {
            product.Panels = Packed + (block * Blocks.PackedBlock)
                + (gate * Blocks.Units * RecurrentBlocks<T>.PerBlock);
            var isSplit = TCell.SplitsGradient && gate == TCell.Gates - 1;
            product.Lda = isSplit ? Blocks.Units : gates;
            var gradient = isSplit ? LaterHidden : Later + (gate * Blocks.Units);
            for (var sample = first; sample < end; sample += product.M)
            {
                product.M = GemmPanels<T>.Rows(end - sample);
                product.A = gradient + (sample * product.Lda);
                product.C = Carry + ((nint)sample * Blocks.Units) + unit;
                if (!IsEnd)
                {
                    Rows.Prefetch(
                        backward: true, (int)gate, sample, sample + product.M, unit, units);
                }
                GemmPanels<T>.Run(product);
            }
        }
    }

    /// <summary>Adds a block's sums of one step to those of the steps after it.</summary>
    private readonly void Add(T* step, T* sums, int units)
    {
        for (var i = 0; i < TCell.Sums; i++)
        {
            for (nint j = 0; j < units; j += V.Count)
            {
                var n = nint.Min(V.Count, units - j);
                var sum = LaneWork.Load<V>(sums + j, n) + LaneWork.Load<V>(step + j, n);
                LaneWork.Store(sum, sums + j, n);
            }
            step += RecurrentBlocks<T>.PerBlock;
            sums += Blocks.Units;
        }
    }

    private readonly void Cells(int sample, int end, int unit, int units, T* sums)
    {
        var row = Rows.At(sample, unit);
        if (sums != null)
        {
            row.Sums = (byte*)sums;
            row.SumsGate = (nint)RecurrentBlocks<T>.PerBlock * sizeof(T);
            new Span<T>(sums, TCell.Sums * RecurrentBlocks<T>.PerBlock).Clear();
        }
        var rest = units % V.Count;
        if (rest < units)
        {
            Whole(row, end - sample, units - rest);
        }
        if (rest > 0)
        {
            Rest(row, end - sample, units - rest, rest);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Whole(RecurrentRow row, int samples, nint units)
    {
        for (; samples > 0; samples--, row.Next<TCell>())
        {
            for (nint j = 0; j < units; j += V.Count)
            {
                TCell.Backward<V>(row, j * sizeof(T), V.Count);
            }
        }
    }

    [MethodImpl(AggressiveOptimization)]
    private static void Rest(RecurrentRow row, int samples, nint unit, nint units)
    {
        for (; samples > 0; samples--, row.Next<TCell>())
        {
            TCell.Backward<V>(row, unit * sizeof(T), units);
        }
    }
}
