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

    /// <summary>Rows of A as rows, <paramref name="stride"/> apart.</summary>
    public static void ARows(int rows, int k, T* from, nint row, nint column, T* to, nint stride)
    {
        if (row == 1 && column != 1)
        {
            GemmTranspose.Run(k, rows, from, column, to, stride);
            return;
        }

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

/// <summary>Packs a stage's panels of B, some panels of one block of k a chunk.</summary>
internal unsafe struct GemmPackBody<S, V, T> : IChunkBody
    where S : struct, IGemmLanes<V, T>
    where V : unmanaged
    where T : unmanaged
{
    private const int Panels = 4;

    public GemmBlock<T>* Block;

    public readonly int Chunks => Parts * Blocks;

    private readonly int Parts => (Block->ColumnEnd - Block->ColumnBegin + Panels - 1) / Panels;

    private readonly int Blocks =>
        (Block->StageEnd - Block->StageBegin + Block->Plan.BlockK - 1) / Block->Plan.BlockK;

    public readonly void Run(int chunk)
    {
        ref readonly var p = ref Block->Problem;
        ref readonly var plan = ref Block->Plan;
        // A thread packs what its own tiles are about to read: all of k of neighbouring panels.
        var k0 = Block->StageBegin + (chunk % Blocks * plan.BlockK);
        var begin = Block->ColumnBegin + (chunk / Blocks * Panels);
        var end = Math.Min(begin + Panels, Block->ColumnEnd);
        var column = begin * plan.TileColumns;
        GemmPack<S, V, T>.B(
            Block->BlockK(k0),
            Math.Min(end * plan.TileColumns, p.N) - column,
            p.B + (k0 * p.BRow) + (column * p.BCol),
            p.BRow,
            p.BCol,
            Block->Panel(begin, k0));
    }
}
