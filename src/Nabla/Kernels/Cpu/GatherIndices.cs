namespace Nabla.Kernels.Cpu;

/// <summary>Checks indices before a gather or scatter, whose loops then trust them.</summary>
internal static unsafe class GatherIndices
{
    /// <summary>
    /// The first position whose index lies outside [0, <paramref name="size"/>), or −1 when all are
    /// good. Negative indices are bad, as in torch.gather and torch.index_select. With
    /// <paramref name="ignored"/>, that value is good wherever it lies: a loss's ignore_index.
    /// </summary>
    public static long FirstBad(long* index, long count, long size, long? ignored = null)
    {
        // long.MinValue can't be told from "nothing is ignored", and is no index anyone writes.
        var free = ignored ?? (size > 0 ? 0 : long.MinValue);
        var first = long.MaxValue;
        var chunks = RowChunks.Of(count, 1);
        var body = new Body(index, size, free, chunks, &first);
        WorkerTeam.For(chunks.Count, ref body);
        return first == long.MaxValue ? -1 : first;
    }

    private static long FirstBadSerial(long* index, long start, long end, long size, long free)
    {
        for (var i = start; i < end; i++)
        {
            if ((ulong)index[i] >= (ulong)size && index[i] != free)
            {
                return i;
            }
        }

        return long.MaxValue;
    }

    private readonly struct Body(
        long* index, long size, long free, RowChunks chunks, long* first) : IChunkBody
    {
        public void Run(int chunk)
        {
            var start = chunks.Start(chunk);
            if (start > Volatile.Read(ref *first))
            {
                return;
            }

            var bad = FirstBadSerial(index, start, chunks.End(chunk), size, free);
            var seen = Volatile.Read(ref *first);
            while (bad < seen)
            {
                var now = Interlocked.CompareExchange(ref *first, bad, seen);
                if (now == seen)
                {
                    break;
                }

                seen = now;
            }
        }
    }
}
