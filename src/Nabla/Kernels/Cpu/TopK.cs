using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The k largest (or smallest) elements along an axis, best first; of equal ones those that lie
/// first. NaN counts as the largest number, as in torch.topk. Layouts: x (outer, axis, inner), y
/// and index (outer, k, inner), contiguous; 0 ≤ k ≤ axis &lt; 2³¹. float, double, long, int, byte.
/// </summary>
internal static unsafe class TopK
{
    /// <summary>Writes values and places along the axis; either output may be null.</summary>
    public static void Run<T>(
        T* x, T* y, long* index, long outer, long axis, long inner, long k, bool largest)
        where T : unmanaged, INumberBase<T>
    {
        if (sizeof(T) <= sizeof(uint))
        {
            Run<T, PackedSortEntry>(x, y, index, outer, axis, inner, k, largest);
        }
        else
        {
            Run<T, WideSortEntry>(x, y, index, outer, axis, inner, k, largest);
        }
    }

    private static void Run<T, TEntry>(
        T* x, T* y, long* index, long outer, long axis, long inner, long k, bool largest)
        where T : unmanaged, INumberBase<T>
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        var chunks = RowChunks.Of(k == 0 ? 0 : outer * inner, 4 * axis);
        var body = new Body<T, TEntry>(
            x, y, index, checked((int)axis), inner, checked((int)k), largest, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>
    /// Keeps the k first entries of a row in a heap whose root is the last of them.
    /// </summary>
    private static void Select<T, TEntry>(
        T* x, long inner, int axis, bool largest, TEntry* heap, int k)
        where T : unmanaged, INumberBase<T>
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        for (var a = 0; a < k; a++)
        {
            heap[a] = TEntry.Create(SortKey.Of(x[a * inner], largest), a);
        }

        for (var root = (k / 2) - 1; root >= 0; root--)
        {
            SiftDown(heap, root, k);
        }

        for (var a = k; a < axis; a++)
        {
            var entry = TEntry.Create(SortKey.Of(x[a * inner], largest), a);
            if (TEntry.Less(entry, heap[0]))
            {
                heap[0] = entry;
                SiftDown(heap, 0, k);
            }
        }

        for (var end = k - 1; end > 0; end--)
        {
            (heap[0], heap[end]) = (heap[end], heap[0]);
            SiftDown(heap, 0, end);
        }
    }

    private static void SiftDown<TEntry>(TEntry* heap, int root, int n)
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        var entry = heap[root];
        for (var child = (2 * root) + 1; child < n; child = (2 * root) + 1)
        {
            if (child + 1 < n && TEntry.Less(heap[child], heap[child + 1]))
            {
                child++;
            }

            if (!TEntry.Less(entry, heap[child]))
            {
                break;
            }

            heap[root] = heap[child];
            root = child;
        }

        heap[root] = entry;
    }

    private readonly struct Body<T, TEntry>(
        T* x, T* y, long* index, int axis, long inner, int k, bool largest, RowChunks chunks)
        : IChunkBody
        where T : unmanaged, INumberBase<T>
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        public void Run(int chunk)
        {
            using var lease = Scratch.Rent<TEntry>(k);
            var heap = (TEntry*)lease.Pointer;
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var outer = row / inner;
                var column = row - (outer * inner);
                var source = x + (outer * axis * inner) + column;
                var target = (outer * k * inner) + column;
                Select(source, inner, axis, largest, heap, k);
                SortedRow.Write(
                    source, heap, k, inner,
                    y is null ? null : y + target, index is null ? null : index + target);
            }
        }
    }
}
