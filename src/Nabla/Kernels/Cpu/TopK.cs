using System.Numerics;

namespace Nabla.Kernels.Cpu;

/// <summary>
/// The k largest (or smallest) elements along an axis, best first; of equal ones those that lie
/// first. NaN counts as the largest number, as in torch.topk. Layouts: x (outer, axis, inner), y
/// and index (outer, k, inner), contiguous; 0 ≤ k ≤ axis &lt; 2³¹. float, double, long, int, byte.
/// </summary>
internal static unsafe class TopK
{
    /// <summary>Neighbouring lines that are read together where they lie across memory: a cache
    /// line of float32.</summary>
    private const int MostTogether = 16;

    /// <summary>Copies lie this much further apart than they are long: lines whose distance is a
    /// power of two would share a set of the L1 cache.</summary>
    private const int Gap = 16;

    /// <summary>Elements that may be copied for that, so that the copies stay in a cache.</summary>
    private const long MostCopied = 65536;

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
        var fitting = Math.Clamp(MostCopied / Math.Max(1, axis), 1, MostTogether);
        var together = (int)Math.Min(Math.Max(1, inner), fitting);
        var groups = (inner + together - 1) / together;
        var chunks = RowChunks.Of(k == 0 ? 0 : outer * groups, 4 * axis * together);
        var body = new Body<T, TEntry>(
            x, y, index, checked((int)axis), inner, checked((int)k), largest, together, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    private readonly struct Body<T, TEntry>(T* x, T* y, long* index, int axis, long inner, int k,
        bool largest, int together, RowChunks chunks) : IChunkBody
        where T : unmanaged, INumberBase<T>
        where TEntry : unmanaged, ISortEntry<TEntry>
    {
        private long Pitch => axis + Gap;

        public void Run(int chunk)
        {
            using var lease = Scratch.Rent<TEntry>(TopKRow<T, TEntry>.Room(axis, k));
            using var copies = Scratch.Rent<T>(inner == 1 ? 0 : (nint)(together * Pitch));
            var groups = (inner + together - 1) / together;
            for (var group = chunks.Start(chunk); group < chunks.End(chunk); group++)
            {
                var outer = group / groups;
                var first = (group - (outer * groups)) * together;
                var width = (int)Math.Min(together, inner - first);
                var lines = x + (outer * axis * inner) + first;
                if (inner > 1)
                {
                    Copy(lines, (T*)copies.Pointer, width);
                    lines = (T*)copies.Pointer;
                }

                for (var line = 0; line < width; line++)
                {
                    var row = lines + (line * Pitch);
                    var best = TopKRow<T, TEntry>.Select(
                        row, axis, k, largest, (TEntry*)lease.Pointer);
                    var target = (outer * k * inner) + first + line;
                    SortedRow.Write(row, 1, best, k, inner,
                        y is null ? null : y + target, index is null ? null : index + target);
                }
            }
        }

        /// <summary>Copies neighbouring lines one behind the other.</summary>
        private void Copy(T* from, T* to, int width)
        {
            for (var a = 0; a < axis; a++, from += inner)
            {
                for (var line = 0; line < width; line++)
                {
                    to[(line * Pitch) + a] = from[line];
                }
            }
        }
    }
}
