namespace Nabla.Kernels.Cpu;

/// <summary>Copies a contiguous N-d array with some dimensions reversed (torch.flip).</summary>
internal static unsafe class Flip
{
    /// <summary>
    /// Writes <paramref name="x"/> to <paramref name="y"/> (not the same array) with every
    /// dimension d reversed where <paramref name="flipped"/>[d]. Elements have 1, 2, 4 or 8 bytes.
    /// </summary>
    public static void Run(
        void* x, void* y, ReadOnlySpan<long> shape, ReadOnlySpan<bool> flipped, int elementSize)
    {
        // (rows, axis, block): the last reversed dimension is the axis; what follows it moves as a
        // block, and what precedes it is rows that may trade places.
        var last = flipped.LastIndexOf(true);
        long block = elementSize;
        for (var d = last + 1; d < shape.Length; d++)
        {
            block *= shape[d];
        }

        var axis = last < 0 ? 1 : shape[last];
        var first = last - 1;
        for (; first >= 0 && flipped[first]; first--)
        {
            // Reversed one and all, neighbours are one longer dimension.
            axis *= shape[first];
        }

        var sides = stackalloc Side[shape.Length + 1];
        var rank = 0;
        long rows = 1;
        for (var d = 0; d <= first; d++)
        {
            rows *= shape[d];
            if (rank > 0 && sides[rank - 1].Flipped == flipped[d])
            {
                sides[rank - 1] = new Side(sides[rank - 1].Size * shape[d], flipped[d]);
            }
            else
            {
                sides[rank++] = new Side(shape[d], flipped[d]);
            }
        }

        if (rows * axis * block == 0)
        {
            return;
        }

        // Rows of elements turn round as a whole; blocks are copied one by one.
        var whole = block == elementSize;
        var chunks = RowChunks.Of(
            whole ? rows : rows * axis, (whole ? axis * block : block) / elementSize);
        var body = new Body((byte*)x, (byte*)y, sides, rank, axis, block, whole, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    private readonly record struct Side(long Size, bool Flipped);

    private readonly struct Body(byte* x, byte* y, Side* sides, int rank, long axis, long block,
        bool whole, RowChunks chunks) : IChunkBody
    {
        public void Run(int chunk)
        {
            if (whole)
            {
                for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
                {
                    ReversedCopy.Run(x + (SourceRow(row) * axis * block), y + (row * axis * block),
                        axis, (int)block);
                }

                return;
            }

            var at = chunks.Start(chunk);
            while (at < chunks.End(chunk))
            {
                var (row, place) = Math.DivRem(at, axis);
                var end = Math.Min(chunks.End(chunk), at + axis - place);
                var source = x + (((SourceRow(row) * axis) + axis - 1 - place) * block);
                for (; at < end; at++, source -= block)
                {
                    Buffer.MemoryCopy(source, y + (at * block), block, block);
                }
            }
        }

        private long SourceRow(long row)
        {
            long source = 0;
            long stride = 1;
            for (var d = rank - 1; d >= 0; d--)
            {
                var (size, flipped) = (sides[d].Size, sides[d].Flipped);
                (var rest, var position) = d == 0 ? (0, row) : Math.DivRem(row, size);
                row = rest;
                source += (flipped ? size - 1 - position : position) * stride;
                stride *= size;
            }

            return source;
        }
    }
}
