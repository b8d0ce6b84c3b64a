using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Covers a rectangle of C with tiles, block of k after block of k, while C's rectangle and the
/// block of A stay in the core's L2 and a panel of B passes through its L1.
/// </summary>
internal unsafe struct GemmChunkBody<S, V, T> : IChunkBody
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    /// <summary>Each so many k a tile asks for a row of a strip.</summary>
    private const int AskEvery = 8;

    /// <summary>Bytes behind a tile to ask for where tiles follow each other along the rows: some
    /// of the next tiles.</summary>
    private const int Ahead = 256;

    public GemmBlock<T>* Block;

    [SkipLocalsInit]
    public readonly void Run(int chunk)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        var work = Rectangle(chunk);
        var rows = plan.Row(work.RowEnd) - plan.Row(work.RowBegin);
        var sizeA = plan.PacksA ? rows * plan.LdaPacked : 0;
        var sizeB = plan.SharesB ? 0 : (nint)plan.BlockK * plan.TileColumns;
        using var lease = Scratch.Rent<T>(sizeA + sizeB);
        work.PackedB = (T*)lease.Pointer;
        work.PackedA = work.PackedB + sizeB;
        var spill = stackalloc T[S.MaxRows * 2 * S.Width];
        var args = new GemmTileArgs<T> { Spill = spill, Ldc = p.Ldc };
        for (var k0 = Block->StageBegin; k0 < Block->StageEnd; k0 += plan.BlockK)
        {
            work.K0 = k0;
            work.K = Block->BlockK(k0);
            if (plan.PacksA)
            {
                GemmPack<S, V, T>.ARows(
                    rows, work.K, A(work.RowBegin, k0), p.ARow, p.ACol, work.PackedA,
                    plan.LdaPacked);
            }

            var stream = Stream(chunk, work);
            for (var panel = work.ColumnBegin; panel < work.ColumnEnd; panel++)
            {
                Column(panel, work, &args, ref stream);
            }
        }
    }

    /// <summary>What comes after a block of k: for a chunk that goes on, or the next one, its block
    /// of A; else all of the next stage, that each chunk asks for a part of.</summary>
    private readonly GemmStream<T> Stream(int chunk, in GemmRectangle<T> work)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        var (height, width) = (work.K / AskEvery, 2 * S.Width);
        var tiles = (work.RowEnd - work.RowBegin) * (work.ColumnEnd - work.ColumnBegin);
        if (plan.IsStaged)
        {
            // Each chunk asks for its share of the longer operand, so that it comes into the cache
            // of the core that is likely to have the chunk again.
            var k = Math.Min(plan.StageK, p.K - Block->StageEnd);
            var a0 = p.A + (Block->StageEnd * p.ACol);
            var b0 = p.B + (Block->StageEnd * p.BRow);
            return new GemmStream<T>(
                new GemmStrips<T>(a0, k, p.M, p.ACol, height, width, plan.ByRows)
                    .Part(chunk, plan.Chunks),
                new GemmStrips<T>(b0, k, p.N, p.BRow, height, width, !plan.ByRows)
                    .Part(chunk, plan.Chunks),
                tiles);
        }

        var (next, first) = work.K0 + work.K < Block->StageEnd
            ? (work, work.K0 + work.K)
            : (Rectangle(chunk + 1), Block->StageBegin);
        var rows = plan.Row(next.RowEnd) - plan.Row(next.RowBegin);
        var length = Block->BlockK(first);
        var a = A(next.RowBegin, first);
        return new GemmStream<T>(
            p.ARow == 1 && p.ACol != 1
                ? new GemmStrips<T>(a, length, rows, p.ACol, height, width)
                : new GemmStrips<T>(a, rows, length, p.ARow, height, width),
            default,
            tiles);
    }

    /// <summary>The part of C that a chunk has; of the first one for a chunk that isn't there.
    /// </summary>
    private readonly GemmRectangle<T> Rectangle(int chunk)
    {
        ref readonly var plan = ref Block->Plan;
        chunk = chunk == plan.Chunks ? 0 : chunk;
        var (part, column) = plan.ByRows
            ? (chunk / plan.GridN, chunk % plan.GridN)
            : (chunk % plan.GridM, chunk / plan.GridM);
        var (rowBegin, rowEnd) = Part(part, plan.GridM, 0, plan.PanelsM);
        var (columnBegin, columnEnd) = Part(
            column, plan.GridN, Block->ColumnBegin, Block->ColumnEnd);
        return new GemmRectangle<T>
        {
            RowBegin = rowBegin,
            RowEnd = rowEnd,
            ColumnBegin = columnBegin,
            ColumnEnd = columnEnd,
            Sums = Block->Sums == null ? null : Block->Sums + ((nint)part * Block->Problem.N),
        };
    }

    private static (int Begin, int End) Part(int index, int parts, int begin, int end)
    {
        var length = (long)(end - begin);
        return (
            begin + (int)(index * length / parts),
            begin + (int)((index + 1) * length / parts));
    }

    private readonly T* A(int tile, int k0) =>
        Block->Problem.A + (Block->Plan.Row(tile) * Block->Problem.ARow)
            + (k0 * Block->Problem.ACol);

    /// <summary>The tiles of one panel of B.</summary>
    private readonly void Column(
        int panel,
        in GemmRectangle<T> work,
        GemmTileArgs<T>* args,
        ref GemmStream<T> stream)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        Prepare(panel, work, args);
        var b = Panel(panel, work, args->Columns, out var ldb);
        var asks = ldb != plan.TileColumns;
        var registers = args->Columns > S.Width ? 2 : 1;
        var fewer = p.M / plan.PanelsM;
        var larger = p.M - (fewer * plan.PanelsM);
        var small = GemmTiles<S, V, T>.Get(fewer, registers, plan.ColumnMajorA);
        var large = GemmTiles<S, V, T>.Get(fewer + 1, registers, plan.ColumnMajorA);
        var c = args->C;
        var rowBias = args->RowBias;
        var residual = args->Residual;
        var mask = args->Mask;
        var lda = plan.PacksA ? plan.LdaPacked : plan.ColumnMajorA ? p.ACol : p.ARow;
        var a = plan.PacksA ? work.PackedA : A(work.RowBegin, work.K0);
        var step = plan.ColumnMajorA ? 1 : lda;
        var origin = plan.Row(work.RowBegin);
        var next = origin;
        for (var tile = work.RowBegin; tile < work.RowEnd; tile++)
        {
            var row = next;
            next += tile < larger ? fewer + 1 : fewer;
            var place = row * p.Ldc;
            args->C = c + place;
            args->RowBias = rowBias == null ? null : rowBias + row;
            args->Residual = residual == null ? null : residual + place;
            args->Mask = mask == null ? null : mask + place;
            stream.Ask(args);
            var run = asks && tile == work.RowBegin
                ? GemmTiles<S, V, T>.GetAsking(next - row, registers, plan.ColumnMajorA)
                : next - row == fewer ? small : large;
            run(work.K, a + ((row - origin) * step), lda, b, ldb, args->C, p.Ldc, args);
        }
    }

    /// <summary>What becomes of a panel's columns, for the first row of C.</summary>
    private readonly void Prepare(int panel, in GemmRectangle<T> work, GemmTileArgs<T>* args)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        var (firstK, lastK) = (work.K0 == 0, work.K0 + work.K == p.K);
        var column = panel * plan.TileColumns;
        args->C = p.C + column;
        args->Columns = Math.Min(plan.TileColumns, p.N - column);
        args->Residual = firstK ? At(p.Epilogue.Residual, column) : null;
        // Where nothing else is added, the first block of k is added to the bias.
        var adds = p.Epilogue.Accumulate || p.Epilogue.Residual != null;
        args->Accumulate = !firstK || adds;
        args->ColumnBias = (adds ? lastK : firstK) ? At(p.Epilogue.ColumnBias, column) : null;
        args->RowBias = lastK ? (T*)p.Epilogue.RowBias : null;
        args->Relu = lastK && p.Epilogue.Activation == GemmActivation.Relu;
        args->Mask = lastK ? At(p.Epilogue.Mask, column) : null;
        args->ColumnSums = lastK ? At(work.Sums, column) : null;
        args->Update = p.Epilogue.Update;
        args->Ahead = plan.IsFlat ? Ahead : 0;
        args->IsWhole = args->Columns % S.Width == 0 && args->RowBias == null;
        args->Plain = args->IsWhole && !args->Relu && args->Mask == null
            && args->ColumnSums == null && !(args->Accumulate && args->ColumnBias != null)
            && args->Update == null;
        args->Beside = args->Residual != null ? (nint)(args->Residual - args->C)
            : args->Mask != null ? (nint)(args->Mask - args->C)
            : args->Update != null ? args->Update->Beside / sizeof(T)
            : 0;
        if (args->ColumnSums != null)
        {
            new Span<T>(args->ColumnSums, args->Columns).Clear();
        }
    }

    private static T* At(void* row, int column) => row == null ? null : (T*)row + column;

    /// <summary>A panel of B: from those that all share, in place, or copied where it is narrower
    /// than a tile.</summary>
    private readonly T* Panel(int panel, in GemmRectangle<T> work, int columns, out nint ldb)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        ldb = plan.TileColumns;
        if (plan.SharesB)
        {
            return Block->Panel(panel, work.K0);
        }

        var from = p.B + (work.K0 * p.BRow) + (panel * plan.TileColumns);
        if (columns == plan.TileColumns)
        {
            ldb = p.BRow;
            return from;
        }

        GemmPack<S, V, T>.B(work.K, columns, from, p.BRow, 1, work.PackedB);
        return work.PackedB;
    }
}

/// <summary>A chunk's part of C, and where it is along k.</summary>
internal unsafe struct GemmRectangle<T>
    where T : unmanaged
{
    /// <summary>First tile along the rows and the one after the last.</summary>
    public int RowBegin;
    public int RowEnd;

    /// <summary>First panel of columns and the one after the last.</summary>
    public int ColumnBegin;
    public int ColumnEnd;

    /// <summary>First of the block's k, and how many.</summary>
    public int K0;
    public int K;

    /// <summary>The chunk's block of A, if packed.</summary>
    public T* PackedA;

    /// <summary>The panel of B that the tiles read, if it isn't shared.</summary>
    public T* PackedB;

    /// <summary>Where the sums of the columns of these rows begin; or null.</summary>
    public T* Sums;
}
