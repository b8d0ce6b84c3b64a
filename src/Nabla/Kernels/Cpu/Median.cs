using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The middle element of rows in the order of <see cref="SortKey"/>, the lower of two, found
/// without sorting: the bytes of its key one by one, each from a count of those of the entries that
/// share the ones before. NaN wins, the first of them. float, double, long, int, byte.
/// </summary>
internal static unsafe class Median
{
    private const int Digits = 256;

    /// <summary>Writes the value and the place of each row's median; rows are contiguous and
    /// axis is above 0 and below 2³¹.</summary>
    public static void Run<T>(T* x, T* y, long* index, long rows, long axis)
        where T : unmanaged, INumberBase<T>
    {
        if (sizeof(T) <= sizeof(uint))
        {
            Run<T, PackedSortEntry>(x, y, index, rows, axis);
        }
        else
        {
            Run<T, WideSortEntry>(x, y, index, rows, axis);
        }
    }

    private static void Run<T, TEntry>(T* x, T* y, long* index, long rows, long axis)
        where T : unmanaged, INumberBase<T>
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        // An element is counted and moved about twice.
        var chunks = RowChunks.Of(rows, 4 * axis);
        var body = new Body<T, TEntry>(x, y, index, checked((int)axis), chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>Where the median of a row lies, with room for an entry an element.</summary>
    internal static int Place<T, TEntry>(T* row, int axis, TEntry* room)
        where T : unmanaged, INumberBase<T>
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        for (var a = 0; a < axis; a++)
        {
            if (T.IsNaN(row[a]))
            {
                return a;
            }

            room[a] = TEntry.Create(SortKey.Of(row[a], descending: false), a);
        }

        return Select(room, axis, (axis - 1) / 2, sizeof(T)).Index;
    }

    /// <summary>The entry that sorting would bring to a place; the others lose theirs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static TEntry Select<TEntry>(TEntry* entries, int n, int place, int bytes)
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        // Neighbours often share a digit: two tables, so that one count needn't wait for another.
        var counts = stackalloc int[2 * Digits];
        for (var at = bytes - 1; at >= 0 && n > 1; at--)
        {
            NativeMemory.Clear(counts, 2 * Digits * sizeof(int));
            var i = 0;
            for (; i < n - 1; i += 2)
            {
                counts[TEntry.Digit(entries[i], at)]++;
                counts[Digits + TEntry.Digit(entries[i + 1], at)]++;
            }

            if (i < n)
            {
                counts[TEntry.Digit(entries[i], at)]++;
            }

            var digit = 0;
            for (; place >= counts[digit] + counts[Digits + digit]; digit++)
            {
                place -= counts[digit] + counts[Digits + digit];
            }

            if (counts[digit] + counts[Digits + digit] == n)
            {
                continue;
            }

            // Entries keep their order, so that of equal ones the one of that place is found.
            var kept = 0;
            for (i = 0; i < n; i++)
            {
                var entry = entries[i];
                entries[kept] = entry;
                kept += TEntry.Digit(entry, at) == digit ? 1 : 0;
            }

            n = kept;
        }

        return entries[place];
    }

    private readonly struct Body<T, TEntry>(
        T* x, T* y, long* index, int axis, RowChunks chunks) : IChunkBody
        where T : unmanaged, INumberBase<T>
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        public void Run(int chunk)
        {
            using var lease = Scratch.Rent<TEntry>(axis);
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var line = x + (row * axis);
                var place = Place(line, axis, (TEntry*)lease.Pointer);
                y[row] = line[place];
                index[row] = place;
            }
        }
    }
}
