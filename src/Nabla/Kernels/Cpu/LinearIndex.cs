namespace Nabla.Kernels.Cpu;

/// <summary>Turns coordinates into places in row-major order, one dimension at a time.</summary>
internal static unsafe class LinearIndex
{
    /// <summary>
    /// y ← y · size + index, where a negative index counts from the end.
    /// </summary>
    /// <returns>The first position whose index lies outside [−size, size), or −1; then y is
    /// undefined.</returns>
    public static long Add(long* index, long* y, long count, long size)
    {
        var first = long.MaxValue;
        var chunks = RowChunks.Of(count, 1);
        var body = new Body(index, y, size, chunks, &first);
        WorkerTeam.For(chunks.Count, ref body);
        return first == long.MaxValue ? -1 : first;
    }

    private readonly struct Body(
        long* index, long* y, long size, RowChunks chunks, long* first) : IChunkBody
    {
        public void Run(int chunk)
        {
            for (var i = chunks.Start(chunk); i < chunks.End(chunk); i++)
            {
                var at = index[i];
                at += (at >> 63) & size;
                if ((ulong)at >= (ulong)size)
                {
                    Note(i);
                    return;
                }

                y[i] = (y[i] * size) + at;
            }
        }

        private void Note(long position)
        {
            var seen = Volatile.Read(ref *first);
            while (position < seen)
            {
                var now = Interlocked.CompareExchange(ref *first, position, seen);
                if (now == seen)
                {
                    break;
                }

                seen = now;
            }
        }
    }
}
