namespace Nabla.Kernels.Cpu;

/// <summary>
/// Picks slices along an axis: y[o, j, i] = x[o, index[j], i]; an embedding's look-up when outer is
/// 1. Layouts: x (outer, axis, inner), index (count), y (outer, count, inner), all contiguous.
/// Indices are trusted: see <see cref="GatherIndices"/>.
/// </summary>
internal static unsafe class IndexSelect
{
    /// <summary>Picks slices of elements of 1, 2, 4 or 8 bytes, whatever their type.</summary>
    public static void Run(
        void* x, long* index, void* y,
        long outer, long axis, long count, long inner, int elementSize)
    {
        if (inner == 1)
        {
            RunElements(x, index, y, outer, axis, count, elementSize);
            return;
        }

        var rowBytes = inner * elementSize;
        var chunks = RowChunks.Of(outer * count, rowBytes / sizeof(float));
        var body = new Rows((byte*)x, index, (byte*)y, axis, count, rowBytes, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    private static void RunElements(
        void* x, long* index, void* y, long outer, long axis, long count, int elementSize)
    {
        switch (elementSize)
        {
            case 1:
                RunElements((byte*)x, index, (byte*)y, outer, axis, count);
                break;
            case 2:
                RunElements((ushort*)x, index, (ushort*)y, outer, axis, count);
                break;
            case 4:
                RunElements((uint*)x, index, (uint*)y, outer, axis, count);
                break;
            default:
                RunElements((ulong*)x, index, (ulong*)y, outer, axis, count);
                break;
        }
    }

    private static void RunElements<T>(T* x, long* index, T* y, long outer, long axis, long count)
        where T : unmanaged
    {
        var chunks = RowChunks.Of(outer * count, 1);
        var body = new Elements<T>(x, index, y, axis, count, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    private readonly struct Rows(
        byte* x, long* index, byte* y, long axis, long count, long rowBytes, RowChunks chunks)
        : IChunkBody
    {
        public void Run(int chunk)
        {
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var outer = row / count;
                var source = (outer * axis) + index[row - (outer * count)];
                Buffer.MemoryCopy(
                    x + (source * rowBytes), y + (row * rowBytes), rowBytes, rowBytes);
            }
        }
    }

    private readonly struct Elements<T>(
        T* x, long* index, T* y, long axis, long count, RowChunks chunks) : IChunkBody
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            var position = chunks.Start(chunk);
            var end = chunks.End(chunk);
            while (position < end)
            {
                var outer = position / count;
                var column = position - (outer * count);
                var n = Math.Min(count - column, end - position);
                Pick(x + (outer * axis), index + column, y + position, n);
                position += n;
            }
        }

        private static void Pick(T* x, long* index, T* y, long n)
        {
            for (long k = 0; k < n; k++)
            {
                y[k] = x[index[k]];
            }
        }
    }
}
