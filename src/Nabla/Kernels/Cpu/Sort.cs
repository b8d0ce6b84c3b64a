using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// Stable sort along an axis, as torch.sort(stable=True): NaN counts as the largest number, −0
/// equals 0. Layout: (outer, axis, inner), contiguous; axis below 2³¹. float, double, long, int,
/// byte.
/// </summary>
internal static unsafe class Sort
{
    /// <summary>
    /// Writes the sorted values to <paramref name="y"/> and where they lay along the axis to
    /// <paramref name="index"/>; either may be null. <paramref name="y"/> must not be
    /// <paramref name="x"/>.
    /// </summary>
    public static void Run<T>(
        T* x, T* y, long* index, long outer, long axis, long inner, bool descending)
        where T : unmanaged, INumberBase<T>
    {
        if (sizeof(T) <= sizeof(uint))
        {
            Run<T, PackedSortEntry>(x, y, index, outer, axis, inner, descending);
        }
        else
        {
            Run<T, WideSortEntry>(x, y, index, outer, axis, inner, descending);
        }
    }

    private static void Run<T, TEntry>(
        T* x, T* y, long* index, long outer, long axis, long inner, bool descending)
        where T : unmanaged, INumberBase<T>
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        // A sorted element costs about sixteen times a copied one.
        var chunks = RowChunks.Of(axis == 0 ? 0 : outer * inner, 16 * axis);
        var body = new Body<T, TEntry>(x, y, index, checked((int)axis), inner, descending, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    private readonly struct Body<T, TEntry>(
        T* x, T* y, long* index, int axis, long inner, bool descending, RowChunks chunks)
        : IChunkBody
        where T : unmanaged, INumberBase<T>
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        public void Run(int chunk)
        {
            using var lease = Scratch.Rent<TEntry>((nint)2 * axis);
            var entries = (TEntry*)lease.Pointer;
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var outer = row / inner;
                var first = (outer * axis * inner) + (row - (outer * inner));
                var source = x + first;
                for (var a = 0; a < axis; a++)
                {
                    entries[a] = TEntry.Create(SortKey.Of(source[a * inner], descending), a);
                }

                var sorted = SortRadix.Sort(entries, entries + axis, axis, sizeof(T));
                SortedRow.Write(
                    source, inner, sorted, axis, inner,
                    y is null ? null : y + first, index is null ? null : index + first);
            }
        }
    }
}
