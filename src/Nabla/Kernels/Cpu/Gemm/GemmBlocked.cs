using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The blocked product: chunks of C that go through all of k by themselves, each with its own
/// blocks of A, so that threads meet only at the end. (Goto and van de Geijn, "Anatomy of
/// High-Performance Matrix Multiplication", 2008, but B is read in place.) A B whose rows aren't
/// contiguous, or that outgrows the caches, is packed for all chunks first.
/// </summary>
internal static unsafe class GemmBlocked<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    /// <summary>Sums of columns are added chunk by chunk: then there are so many for any number of
    /// threads.</summary>
    private const int SumsChunks = 32;

    /// <summary>What the number of such chunks is a multiple of, where it can be: most teams share
    /// them out evenly.</summary>
    private const int SumsShare = 16;

    public static void Run(in GemmProblem<T> problem)
    {
        var plan = Plan(problem);
        var block = new GemmBlock<T> { Problem = problem, Plan = plan };
        var sizeB = problem.Packed != null || !plan.SharesB
            ? 0
            : (nint)plan.BlockN * plan.TileColumns * plan.StageK;
        nint sums = problem.Epilogue.ColumnSums == null ? 0 : plan.GridM;
        if (sizeB == 0 && sums == 0)
        {
            Columns(&block);
            return;
        }

        using var lease = Scratch.Rent<T>(sizeB + (sums * problem.N));
        block.SharedB = (T*)lease.Pointer;
        block.Sums = sums == 0 ? null : block.SharedB + sizeB;
        Columns(&block);
        if (sums > 0)
        {
            GemmWide<S, V, T>.Join(
                block.Sums, (int)sums, problem.N, (T*)problem.Epilogue.ColumnSums);
        }
    }

    /// <summary>
    /// Packs all of B into <paramref name="problem"/>'s place for it, block of k by block of k.
    /// </summary>
    public static void Pack(in GemmProblem<T> problem)
    {
        var plan = Plan(problem);
        var block = new GemmBlock<T>
        {
            Problem = problem,
            Plan = plan,
            SharedB = problem.Packed,
            ColumnEnd = plan.PanelsN,
            StageEnd = problem.K,
        };
        Pack(&block);
    }

    private static GemmPlan Plan(in GemmProblem<T> problem) =>
        new(
            problem.M, problem.N, problem.K, problem.ARow, problem.ACol, problem.BRow,
            problem.BCol, S.MaxRows, 2 * S.Width, sizeof(T), problem.Packed != null,
            problem.Epilogue.ColumnSums == null ? WorkerTeam.Wanted(1) : SumsChunks,
            problem.Epilogue.ColumnSums == null ? WorkerTeam.Threads : SumsShare,
            problem.Epilogue.ColumnSums != null ? 0
                : problem.Epilogue.Update != null ? GemmPlan.MaxFlatUpdateK
                : GemmPlan.MaxFlatK);

    private static void Columns(GemmBlock<T>* block)
    {
        ref readonly var plan = ref block->Plan;
        var tiles = new GemmChunkBody<S, V, T> { Block = block };
        var packs = plan.SharesB && block->Problem.Packed == null;
        block->SharedB = packs ? block->SharedB : block->Problem.Packed;
        for (var column = 0; column < plan.PanelsN; column += plan.BlockN)
        {
            block->ColumnBegin = column;
            block->ColumnEnd = Math.Min(column + plan.BlockN, plan.PanelsN);
            for (var k = 0; k < block->Problem.K; k = block->StageEnd)
            {
                block->StageBegin = k;
                block->StageEnd = Math.Min(
                    k + (k == 0 ? plan.FirstK : plan.StageK), block->Problem.K);
                if (packs)
                {
                    Pack(block);
                }

                WorkerTeam.For(plan.Chunks, ref tiles);
            }
        }
    }

    private static void Pack(GemmBlock<T>* block)
    {
        var pack = new GemmPackBody<S, V, T> { Block = block };
        WorkerTeam.For(pack.Chunks, ref pack);
    }
}

/// <summary>The part of a product that is under work: what its chunks have to know.</summary>
internal unsafe struct GemmBlock<T>
    where T : unmanaged
{
    public GemmProblem<T> Problem;
    public GemmPlan Plan;

    /// <summary>The stage's panels of B, block of k after block of k; or null.</summary>
    public T* SharedB;

    /// <summary>A row of sums for each part of C's rows that chunks have; or null.</summary>
    public T* Sums;

    /// <summary>First panel of columns and the one after the last.</summary>
    public int ColumnBegin;
    public int ColumnEnd;

    /// <summary>First k of the stage and the one after the last.</summary>
    public int StageBegin;
    public int StageEnd;

    /// <summary>How many k the block that begins at <paramref name="k0"/> has.</summary>
    public readonly int BlockK(int k0) => Math.Min(Plan.BlockK, StageEnd - k0);

    /// <summary>A shared panel's first number.</summary>
    public readonly T* Panel(int panel, int k0) =>
        SharedB + ((((nint)(k0 - StageBegin) * (ColumnEnd - ColumnBegin))
            + ((nint)(panel - ColumnBegin) * BlockK(k0))) * Plan.TileColumns);
}
