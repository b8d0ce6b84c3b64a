using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Copies blocks of A and B into the order in which the micro-kernel reads them, whatever their
/// strides: no page and no cache set is then hit more often than others.
/// </summary>
internal static unsafe class GemmPack<S, V, T>
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    /// <summary>
    /// Up to 2·width columns of B as k rows of 2·width numbers, filled up with zeros.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void B(int k, int columns, T* from, nint row, nint column, T* to)
    {
        nint width = 2 * S.Width;
        if (column == 1 && columns == width)
        {
            for (nint i = 0; i < k; i++)
            {
                var low = S.Load(from);
                var high = S.Load(from + S.Width);
                S.Store(to, low);
                S.Store(to + S.Width, high);
                from += row;
                to += width;
            }

            return;
        }

        if (column == 1)
        {
            var low = Math.Min(columns, S.Width);
            var high = columns - low;
            for (nint i = 0; i < k; i++)
            {
                S.Store(to, S.LoadPart(from, low));
                S.Store(to + S.Width, S.LoadPart(from + low, high));
                from += row;
                to += width;
            }

            return;
        }

        if (row == 1)
        {
            GemmTranspose.Run(columns, k, from, column, to, width);
        }
        else
        {
            Gather(k, columns, from, row, column, to, width);
        }

        for (nint i = 0; i < k && columns < width; i++)
        {
            new Span<T>(to + (i * width) + columns, (int)width - columns).Clear();
        }
    }

    /// <summary>Rows of A whose columns are contiguous: k columns of <c>rows</c> numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AColumns(int rows, int k, T* from, nint column, T* to)
    {
        for (nint i = 0; i < k; i++)
        {
            for (var r = 0; r < rows; r += S.Width)
            {
                S.StorePart(to + r, S.LoadPart(from + r, rows - r), rows - r);
            }

            from += column;
            to += rows;
        }
    }

    /// <summary>Rows of A as rows, <paramref name="stride"/> apart.</summary>
    public static void ARows(int rows, int k, T* from, nint row, nint column, T* to, nint stride)
    {
        if (column != 1)
        {
            Gather(rows, k, from, row, column, to, stride);
            return;
        }

        for (nint r = 0; r < rows; r++)
        {
            new ReadOnlySpan<T>(from + (r * row), k).CopyTo(new Span<T>(to + (r * stride), k));
        }
    }

    private static void Gather(
        int rows, int columns, T* from, nint row, nint column, T* to, nint stride)
    {
        for (nint r = 0; r < rows; r++)
        {
            for (nint c = 0; c < columns; c++)
            {
                to[(r * stride) + c] = from[(r * row) + (c * column)];
            }
        }
    }
}

/// <summary>Packs a block's panels of B, then those of A, some panels a chunk.</summary>
internal unsafe struct GemmPackBody<S, V, T> : IChunkBody
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    private const int PanelsA = 8;
    private const int PanelsB = 4;

    public GemmBlock<T>* Block;

    /// <summary>B is packed with the first block of rows and serves the others too.</summary>
    public bool WithB;

    public readonly int Chunks =>
        ChunksB + (Block->PackedA == null
            ? 0
            : (Block->RowEnd - Block->RowBegin + PanelsA - 1) / PanelsA);

    private readonly int FirstB =>
        Block->Plan.PackB
            ? Block->ColumnBegin
            : Block->Problem.N / Block->Plan.TileColumns;

    private readonly int ChunksB =>
        WithB ? (Block->ColumnEnd - FirstB + PanelsB - 1) / PanelsB : 0;

    public readonly void Run(int chunk)
    {
        if (chunk < ChunksB)
        {
            var first = FirstB + (chunk * PanelsB);
            var end = Math.Min(first + PanelsB, Block->ColumnEnd);
            for (var panel = first; panel < end; panel++)
            {
                PackB(panel);
            }
        }
        else
        {
            var first = Block->RowBegin + ((chunk - ChunksB) * PanelsA);
            var end = Math.Min(first + PanelsA, Block->RowEnd);
            for (var panel = first; panel < end; panel++)
            {
                PackA(panel);
            }
        }
    }

    private readonly void PackB(int panel)
    {
        ref readonly var p = ref Block->Problem;
        var width = Block->Plan.TileColumns;
        var column = panel * width;
        GemmPack<S, V, T>.B(
            Block->K,
            Math.Min(width, p.N - column),
            p.B + (Block->K0 * p.BRow) + (column * p.BCol),
            p.BRow,
            p.BCol,
            Block->PackedB + ((nint)(panel - FirstB) * width * Block->K));
    }

    private readonly void PackA(int panel)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        var row = plan.Row(panel);
        var rows = plan.Row(panel + 1) - row;
        var from = p.A + (row * p.ARow) + (Block->K0 * p.ACol);
        nint place = row - plan.Row(Block->RowBegin);
        if (plan.ColumnMajorA)
        {
            GemmPack<S, V, T>.AColumns(
                rows, Block->K, from, p.ACol, Block->PackedA + (place * Block->K));
        }
        else
        {
            GemmPack<S, V, T>.ARows(
                rows, Block->K, from, p.ARow, p.ACol,
                Block->PackedA + (place * plan.LdaPacked), plan.LdaPacked);
        }
    }
}
