namespace Nabla.Kernels.Cpu;

/// <summary>What sort and top-k hand out of a row of sorted entries.</summary>
internal static unsafe class SortedRow
{
    /// <summary>
    /// Writes the values (copied bit by bit from where they lay, so −0 and NaN payloads survive)
    /// and the places of the first n entries; x steps by <paramref name="step"/>, y and index,
    /// which may be null, by <paramref name="inner"/>.
    /// </summary>
    public static void Write<T, TEntry>(
        T* x, long step, TEntry* entries, int n, long inner, T* y, long* index)
        where T : unmanaged
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        for (var a = 0; a < n; a++)
        {
            var place = entries[a].Index;
            if (y is not null)
            {
                y[a * inner] = x[place * step];
            }

            if (index is not null)
            {
                index[a * inner] = place;
            }
        }
    }
}
