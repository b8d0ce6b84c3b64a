namespace Nabla.Kernels.Cpu;

/// <summary>
/// Gather along an axis: y[o, j, i] = x[o, index[o, j, i], i]. Layouts: x (outer, axis, inner),
/// index and y (outer, count, inner), all contiguous. Indices are trusted: see <see
/// cref="GatherIndices"/>.
/// </summary>
internal static unsafe class Gather
{
    /// <summary>Gathers elements of 1, 2, 4 or 8 bytes, whatever their type.</summary>
    public static void Run(
        void* x, long* index, void* y,
        long outer, long axis, long count, long inner, int elementSize)
    {
        switch (elementSize)
        {
            case 1:
                Run((byte*)x, index, (byte*)y, outer, axis, count, inner);
                break;
            case 2:
                Run((ushort*)x, index, (ushort*)y, outer, axis, count, inner);
                break;
            case 4:
                Run((uint*)x, index, (uint*)y, outer, axis, count, inner);
                break;
            default:
                Run((ulong*)x, index, (ulong*)y, outer, axis, count, inner);
                break;
        }
    }

    /// <summary>Gathers elements of type <typeparamref name="T"/>.</summary>
    public static void Run<T>(
        T* x, long* index, T* y, long outer, long axis, long count, long inner)
        where T : unmanaged
    {
        var chunks = RowChunks.Of(outer * count * inner, 1);
        var body = new Body<T>(x, index, y, axis, count, inner, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>y[k] = x[index[k]·inner + k·step].</summary>
    private static void Segment<T>(T* x, long* index, T* y, long n, long inner, long step)
        where T : unmanaged
    {
        for (long k = 0; k < n; k++)
        {
            y[k] = x[(index[k] * inner) + (k * step)];
        }
    }

    private readonly struct Body<T>(
        T* x, long* index, T* y, long axis, long count, long inner, RowChunks chunks) : IChunkBody
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            // Runs of positions that share a base: one outer index's columns when inner is 1,
            // else one row of inner elements.
            var run = inner == 1 ? count : inner;
            var position = chunks.Start(chunk);
            var end = chunks.End(chunk);
            while (position < end)
            {
                var row = position / run;
                var column = position - (row * run);
                var n = Math.Min(run - column, end - position);
                var outer = inner == 1 ? row : row / count;
                var source = x + (outer * axis * inner) + (inner == 1 ? 0 : column);
                Segment(source, index + position, y + position, n, inner, inner == 1 ? 0 : 1);
                position += n;
            }
        }
    }
}
