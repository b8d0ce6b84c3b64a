namespace Nabla.Kernels.Cpu;

/// <summary>
/// Overwrites slices along an axis: y[o, index[j], i] = source[o, j, i]. Layouts: y (outer, axis,
/// inner), index (count), source (outer, count, inner), all contiguous. Indices are trusted: see
/// <see cref="GatherIndices"/>.
/// </summary>
/// <remarks>
/// Threads share columns, never slices: of slices that meet at one index the last stays.
/// </remarks>
internal static unsafe class IndexCopy
{
    /// <summary>Writes <paramref name="source"/> into <paramref name="y"/>.</summary>
    public static void Run(
        void* source, long* index, void* y,
        long outer, long axis, long count, long inner, int elementSize)
    {
        var blocks = ColumnBlocks.Of(outer, count, inner);
        var body = new Body(
            (byte*)source, index, (byte*)y, axis, count, inner, elementSize, blocks);
        WorkerTeam.For(blocks.Chunks.Count, ref body);
    }

    private readonly struct Body(
        byte* source, long* index, byte* y, long axis, long count, long inner, int size,
        ColumnBlocks blocks) : IChunkBody
    {
        public void Run(int chunk)
        {
            for (var b = blocks.Chunks.Start(chunk); b < blocks.Chunks.End(chunk); b++)
            {
                var (outer, start, width) = blocks[b];
                var from = source + (((outer * count * inner) + start) * size);
                var to = y + (((outer * axis * inner) + start) * size);
                var bytes = (long)width * size;
                for (long j = 0; j < count; j++)
                {
                    Buffer.MemoryCopy(
                        from + (j * inner * size), to + (index[j] * inner * size), bytes, bytes);
                }
            }
        }
    }
}
