using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The blocked product: block by block, pack what is worth it, then cover the block of C with
/// tiles; both in parallel. (Goto and van de Geijn, "Anatomy of High-Performance Matrix
/// Multiplication", 2008, with the last two loops dealt out as a grid of chunks.)
/// </summary>
internal static unsafe class GemmBlocked<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    public static void Run(in GemmProblem<T> problem)
    {
        var plan = Plan(problem);
        var block = new GemmBlock<T> { Problem = problem, Plan = plan };
        var rows = ((nint)plan.BlockM * S.MaxRows) + 1;
        var panelsB = problem.Packed != null ? 0
            : plan.PackB ? plan.BlockN
            : problem.N % plan.TileColumns == 0 ? 0 : 1;
        if (!plan.PackA && panelsB == 0 && problem.Epilogue.ColumnSums == null)
        {
            Columns(&block);
            return;
        }

        var sizeA = plan.PackA ? rows * plan.LdaPacked : 0;
        var sizeB = (nint)panelsB * plan.TileColumns * plan.BlockK;
        nint sums = problem.Epilogue.ColumnSums == null ? 0 : block.Parts;
        using var lease = Scratch.Rent<T>(sizeA + sizeB + (sums * problem.N));
        block.PackedB = (T*)lease.Pointer;
        block.PackedA = plan.PackA ? block.PackedB + sizeB : null;
        block.Sums = sums == 0 ? null : block.PackedB + sizeB + sizeA;
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
            ColumnEnd = plan.PanelsN,
        };
        var pack = new GemmPackBody<S, V, T> { Block = &block, WithB = true };
        for (var k = 0; k < problem.K; k += plan.BlockK)
        {
            block.SetK(k);
            WorkerTeam.For(pack.Chunks, ref pack);
        }
    }

    private static GemmPlan Plan(in GemmProblem<T> problem) =>
        new(
            problem.M, problem.N, problem.K, problem.ARow, problem.ACol, problem.BRow,
            problem.BCol, S.MaxRows, 2 * S.Width, sizeof(T), problem.Packed != null);

    private static void Columns(GemmBlock<T>* block)
    {
        ref readonly var plan = ref block->Plan;
        for (var column = 0; column < plan.PanelsN; column += plan.BlockN)
        {
            block->ColumnBegin = column;
            block->ColumnEnd = Math.Min(column + plan.BlockN, plan.PanelsN);
            for (var k = 0; k < block->Problem.K; k += plan.BlockK)
            {
                block->SetK(k);
                Rows(block);
            }
        }
    }

    private static void Rows(GemmBlock<T>* block)
    {
        ref readonly var plan = ref block->Plan;
        var pack = new GemmPackBody<S, V, T> { Block = block };
        var tiles = new GemmTilesBody<S, V, T> { Block = block };
        for (var row = 0; row < plan.PanelsM; row += plan.BlockM)
        {
            block->RowBegin = row;
            block->RowEnd = Math.Min(row + plan.BlockM, plan.PanelsM);
            pack.WithB = row == 0 && block->Problem.Packed == null;
            WorkerTeam.For(pack.Chunks, ref pack);
            WorkerTeam.For(plan.GridM * plan.GridN, ref tiles);
        }
    }
}

/// <summary>The part of a product that is under work: what its chunks have to know.</summary>
internal unsafe struct GemmBlock<T>
    where T : unmanaged
{
    public GemmProblem<T> Problem;
    public GemmPlan Plan;

    /// <summary>Packed panels of A, or null where the tiles read A itself.</summary>
    public T* PackedA;

    /// <summary>Packed panels of B; the last alone where the tiles read B itself.</summary>
    public T* PackedB;

    /// <summary>A row of sums for each part of C's rows that chunks have; or null.</summary>
    public T* Sums;

    /// <summary>First panel of rows and the one after the last.</summary>
    public int RowBegin;
    public int RowEnd;

    /// <summary>First panel of columns and the one after the last.</summary>
    public int ColumnBegin;
    public int ColumnEnd;

    /// <summary>First of the block's k, and how many.</summary>
    public int K0;
    public int K;

    /// <summary>Parts of C's rows that chunks have, all blocks of rows together.</summary>
    public readonly int Parts => (Plan.PanelsM + Plan.BlockM - 1) / Plan.BlockM * Plan.GridM;

    public readonly bool FirstK => K0 == 0;

    public readonly bool LastK => K0 + K == Problem.K;

    /// <summary>Goes to the block that begins at <paramref name="k0"/>.</summary>
    public void SetK(int k0)
    {
        K0 = k0;
        K = Math.Min(Plan.BlockK, Problem.K - k0);
        if (Problem.Packed != null)
        {
            PackedB = Problem.Packed + ((nint)k0 * Plan.PanelsN * Plan.TileColumns);
        }
    }
}

/// <summary>Covers a block of C with tiles; a chunk is a rectangle of them.</summary>
internal unsafe struct GemmTilesBody<S, V, T> : IChunkBody
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    public GemmBlock<T>* Block;

    [SkipLocalsInit]
    public readonly void Run(int chunk)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        var spill = stackalloc T[S.MaxRows * 2 * S.Width];
        var args = new GemmTileArgs<T>
        {
            Spill = spill,
            Ldc = p.Ldc,
            Accumulate = !Block->FirstK || p.Epilogue.Accumulate || p.Epilogue.Residual != null,
            Relu = Block->LastK && p.Epilogue.Activation == GemmActivation.Relu,
        };

        var rows = Part(chunk % plan.GridM, plan.GridM, Block->RowBegin, Block->RowEnd);
        var columns = Part(chunk / plan.GridM, plan.GridN, Block->ColumnBegin, Block->ColumnEnd);
        var sums = Block->Sums == null || !Block->LastK ? null : Block->Sums
            + ((((nint)Block->RowBegin / plan.BlockM * plan.GridM) + (chunk % plan.GridM)) * p.N);
        for (var panel = columns.Begin; panel < columns.End; panel++)
        {
            if (sums != null)
            {
                var first = panel * plan.TileColumns;
                args.ColumnSums = sums + first;
                new Span<T>(args.ColumnSums, Math.Min(plan.TileColumns, p.N - first)).Clear();
            }

            Column(panel, rows.Begin, rows.End, &args);
        }
    }

    /// <summary>The tile's place in an array like C, or null. It is asked for now, and read when k
    /// has run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Ahead(T* array, nint place, int rows, nint stride)
    {
        if (array == null)
        {
            return null;
        }

        array += place;
        if (Sse.IsSupported)
        {
            for (nint r = 0; r < rows; r++)
            {
                Sse.Prefetch1(array + (r * stride));
                Sse.Prefetch1(array + (r * stride) + S.Width);
            }
        }

        return array;
    }

    private static (int Begin, int End) Part(int index, int parts, int begin, int end)
    {
        var length = (long)(end - begin);
        return (
            begin + (int)(index * length / parts),
            begin + (int)((index + 1) * length / parts));
    }

    /// <summary>The tiles of one panel of B, which stays in L1 meanwhile.</summary>
    private readonly void Column(int panel, int begin, int end, GemmTileArgs<T>* args)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        var column = panel * plan.TileColumns;
        args->Columns = Math.Min(plan.TileColumns, p.N - column);
        args->ColumnBias = Block->LastK && p.Epilogue.ColumnBias != null
            ? (T*)p.Epilogue.ColumnBias + column
            : null;
        var rowBias = Block->LastK ? (T*)p.Epilogue.RowBias : null;
        var residual = Block->FirstK ? (T*)p.Epilogue.Residual : null;
        var mask = Block->LastK ? (T*)p.Epilogue.Mask : null;
        args->Plain = args->Columns == plan.TileColumns
            && !args->Relu && args->ColumnBias == null && rowBias == null
            && residual == null && mask == null && args->ColumnSums == null;

        var packed = plan.PackB || args->Columns < plan.TileColumns;
        var first = plan.PackB ? Block->ColumnBegin : panel;
        var ldb = packed ? plan.TileColumns : p.BRow;
        var b = packed
            ? Block->PackedB + ((nint)(panel - first) * plan.TileColumns * Block->K)
            : p.B + (Block->K0 * p.BRow) + column;

        var registers = args->Columns > S.Width ? 2 : 1;
        var fewer = p.M / plan.PanelsM;
        var small = GemmTiles<S, V, T>.Get(fewer, registers, plan.ColumnMajorA);
        var large = GemmTiles<S, V, T>.Get(fewer + 1, registers, plan.ColumnMajorA);
        var origin = plan.Row(Block->RowBegin);
        var next = plan.Row(begin);
        for (var tile = begin; tile < end; tile++)
        {
            var row = next;
            next = plan.Row(tile + 1);
            args->RowBias = rowBias == null ? null : rowBias + row;
            var place = (row * p.Ldc) + column;
            args->C = p.C + place;
            args->Residual = Ahead(residual, place, next - row, p.Ldc);
            args->Mask = Ahead(mask, place, next - row, p.Ldc);
            var lda = plan.ColumnMajorA ? p.ACol : p.ARow;
            var a = p.A + (row * p.ARow) + (Block->K0 * p.ACol);
            if (plan.PackA)
            {
                lda = plan.ColumnMajorA ? next - row : plan.LdaPacked;
                a = Block->PackedA
                    + ((nint)(row - origin) * (plan.ColumnMajorA ? Block->K : lda));
            }

            var run = next - row == fewer ? small : large;
            run(Block->K, a, lda, b, ldb, args->C, p.Ldc, args);
        }
    }
}
