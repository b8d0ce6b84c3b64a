using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The first k entries of a contiguous row in the order of <see cref="SortKey"/>: the best so far
/// are a heap whose root is the last of them, and whole registers of the row that are no better
/// than the root are passed over. Where k is a large part of the row, all of it is sorted.
/// </summary>
internal static unsafe class TopKRow<T, TEntry>
    where T : unmanaged, INumberBase<T>
    where TEntry : unmanaged, ISortEntry<TEntry>
{
    /// <summary>A heap of this many is sorted by insertion.</summary>
    private const int Few = 16;

    /// <summary>From a heap of this size on, and this part of the row, sorting is faster.</summary>
    private const int Many = 64;
    private const int PartOfMany = 8;

    /// <summary>How many entries <see cref="Select"/> needs room for.</summary>
    public static nint Room(int axis, int k) => IsSorted(axis, k) ? (nint)2 * axis : k;

    /// <summary>The first k &gt; 0 entries, in order, somewhere in the room.</summary>
    public static TEntry* Select(T* x, int axis, int k, bool largest, TEntry* room)
    {
        if (IsSorted(axis, k))
        {
            for (var a = 0; a < axis; a++)
            {
                room[a] = Entry(x, a, largest);
            }

            return SortRadix.Sort(room, room + axis, axis, sizeof(T));
        }

        for (var a = 0; a < k; a++)
        {
            room[a] = Entry(x, a, largest);
        }

        for (var root = (k / 2) - 1; root >= 0; root--)
        {
            SiftDown(room, root, k);
        }

        Improve(x, axis, k, largest, room);
        if (k <= Few)
        {
            SortRadix.Insertion(room, k);
        }
        else
        {
            for (var end = k - 1; end > 0; end--)
            {
                (room[0], room[end]) = (room[end], room[0]);
                SiftDown(room, 0, end);
            }
        }

        return room;
    }

    private static bool IsSorted(int axis, int k) => k > Many && k > axis / PartOfMany;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TEntry Entry(T* x, int a, bool largest) =>
        TEntry.Create(SortKey.Of(x[a], largest), a);

    /// <summary>Gives the heap what is better than its root among the elements from k on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Improve(T* x, int axis, int k, bool largest, TEntry* heap)
    {
        var all = uint.MaxValue >> (32 - Vector256<T>.Count);
        var root = Vector256.Create(x[heap[0].Index]);
        var a = k;
        for (; a <= axis - Vector256<T>.Count; a += Vector256<T>.Count)
        {
            var block = Vector256.Load(x + a);
            // Equals that lie later are no better. A NaN is neither above nor below, so it stays.
            var passed = largest
                ? Vector256.LessThanOrEqual(block, root)
                : Vector256.GreaterThanOrEqual(block, root);
            var left = passed.ExtractMostSignificantBits() ^ all;
            if (left == 0)
            {
                continue;
            }

            for (; left != 0; left &= left - 1)
            {
                Offer(Entry(x, a + BitOperations.TrailingZeroCount(left), largest), heap, k);
            }

            root = Vector256.Create(x[heap[0].Index]);
        }

        for (; a < axis; a++)
        {
            Offer(Entry(x, a, largest), heap, k);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Offer(TEntry entry, TEntry* heap, int k)
    {
        if (TEntry.Less(entry, heap[0]))
        {
            heap[0] = entry;
            SiftDown(heap, 0, k);
        }
    }

    private static void SiftDown(TEntry* heap, int root, int n)
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
}
