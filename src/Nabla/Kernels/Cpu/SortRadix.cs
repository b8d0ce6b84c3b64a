using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Sorts entries: insertion for short rows, else radix by bytes from the least significant.
/// </summary>
internal static unsafe class SortRadix
{
    private const int Digits = 256;
    private const int ShortRow = 64;

    /// <summary>
    /// Sorts n entries that lie in order of their places; <paramref name="spare"/> has room for n
    /// too. Returns the one of the two buffers that holds the result.
    /// </summary>
    public static TEntry* Sort<TEntry>(TEntry* entries, TEntry* spare, int n, int keyBytes)
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        if (n <= ShortRow)
        {
            Insertion(entries, n);
            return entries;
        }

        var counts = stackalloc int[sizeof(ulong) * Digits];
        Unsafe.InitBlock(counts, 0, (uint)(keyBytes * Digits * sizeof(int)));
        for (var i = 0; i < n; i++)
        {
            for (var place = 0; place < keyBytes; place++)
            {
                counts[(place * Digits) + TEntry.Digit(entries[i], place)]++;
            }
        }

        for (var place = 0; place < keyBytes; place++)
        {
            var count = counts + (place * Digits);
            if (count[TEntry.Digit(entries[0], place)] == n)
            {
                // All keys share this byte: the pass would move nothing.
                continue;
            }

            Distribute(entries, spare, n, place, count);
            var sorted = spare;
            spare = entries;
            entries = sorted;
        }

        return entries;
    }

    /// <summary>Sorts a few entries in place, whatever order they are in.</summary>
    public static void Insertion<TEntry>(TEntry* entries, int n)
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        for (var i = 1; i < n; i++)
        {
            var entry = entries[i];
            var j = i;
            for (; j > 0 && TEntry.Less(entry, entries[j - 1]); j--)
            {
                entries[j] = entries[j - 1];
            }

            entries[j] = entry;
        }
    }

    private static void Distribute<TEntry>(
        TEntry* from, TEntry* to, int n, int place, int* count)
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        var next = 0;
        for (var digit = 0; digit < Digits; digit++)
        {
            (count[digit], next) = (next, next + count[digit]);
        }

        for (var i = 0; i < n; i++)
        {
            to[count[TEntry.Digit(from[i], place)]++] = from[i];
        }
    }
}
