using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

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
    /// <summary>Rows to prefetch: they lie too far apart for the hardware to guess.</summary>
    private const int Ahead = 8;

    /// <summary>
    /// Columns of B as panels of k rows of 2·width numbers; zeros fill up the last panel.
    /// </summary>
    public static void B(int k, int columns, T* from, nint row, nint column, T* to)
    {
        if (column == 1)
        {
            BRows(k, columns, from, row, to);
            return;
        }

        var width = 2 * S.Width;
        for (var j = 0; j < columns; j += width)
        {
            var count = Math.Min(width, columns - j);
            if (count < width)
            {
                new Span<T>(to, k * width).Clear();
            }

            if (row == 1)
            {
                GemmTranspose.Run(count, k, from, column, to, width);
            }
            else
            {
                Gather(k, count, from, row, column, to, width);
            }

            from += width * column;
            to += (nint)k * width;
        }
    }

    /// <summary>
    /// Rows of A whose columns are contiguous, as panels of k columns of <paramref name="rows"/>
    /// numbers, the first <paramref name="taller"/> panels one row taller.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AColumns(
        int panels, int taller, int rows, int k, T* from, nint column, T* to)
    {
        for (nint i = 0; i < k; i++)
        {
            var source = from + (i * column);
            var panel = to;
            for (var p = 0; p < panels; p++)
            {
                var count = p < taller ? rows + 1 : rows;
                Prefetch(source + (Ahead * column));
                for (var r = 0; r < count; r += S.Width)
                {
                    var rest = count - r;
                    S.StorePart(panel + (i * count) + r, S.LoadPart(source + r, rest), rest);
                }

                source += count;
                panel += (nint)count * k;
            }
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BRows(int k, int columns, T* from, nint row, T* to)
    {
        nint width = 2 * S.Width;
        var panel = k * width;
        var whole = columns - (columns % (int)width);
        var low = Math.Min(columns - whole, S.Width);
        var high = columns - whole - low;
        for (nint i = 0; i < k; i++)
        {
            var source = from + (i * row);
            var target = to + (i * width);
            for (nint j = 0; j < whole; j += width)
            {
                Prefetch(source + (Ahead * row));
                Prefetch(source + (Ahead * row) + S.Width);
                S.Store(target, S.Load(source));
                S.Store(target + S.Width, S.Load(source + S.Width));
                source += width;
                target += panel;
            }

            if (low > 0)
            {
                S.Store(target, S.LoadPart(source, low));
                S.Store(target + S.Width, S.LoadPart(source + low, high));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(T* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
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
            PackB(first, end);
        }
        else
        {
            var first = Block->RowBegin + ((chunk - ChunksB) * PanelsA);
            var end = Math.Min(first + PanelsA, Block->RowEnd);
            PackA(first, end);
        }
    }

    private readonly void PackB(int begin, int end)
    {
        ref readonly var p = ref Block->Problem;
        var width = Block->Plan.TileColumns;
        var column = begin * width;
        GemmPack<S, V, T>.B(
            Block->K,
            Math.Min(end * width, p.N) - column,
            p.B + (Block->K0 * p.BRow) + (column * p.BCol),
            p.BRow,
            p.BCol,
            Block->PackedB + ((nint)(begin - FirstB) * width * Block->K));
    }

    private readonly void PackA(int begin, int end)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        var row = plan.Row(begin);
        var from = p.A + (row * p.ARow) + (Block->K0 * p.ACol);
        nint place = row - plan.Row(Block->RowBegin);
        if (plan.ColumnMajorA)
        {
            var rows = p.M / plan.PanelsM;
            var taller = p.M - (rows * plan.PanelsM) - begin;
            GemmPack<S, V, T>.AColumns(
                end - begin, taller, rows, Block->K, from, p.ACol,
                Block->PackedA + (place * Block->K));
        }
        else
        {
            GemmPack<S, V, T>.ARows(
                plan.Row(end) - row, Block->K, from, p.ARow, p.ACol,
                Block->PackedA + (place * plan.LdaPacked), plan.LdaPacked);
        }
    }
}
