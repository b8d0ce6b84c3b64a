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

        var sides = stackalloc Side[shape.Length + 1];
        long rows = 1;
        for (var d = 0; d < last; d++)
        {
            sides[d] = new Side(shape[d], flipped[d]);
            rows *= shape[d];
        }

        var axis = last < 0 ? 1 : shape[last];
        if (rows * axis * block == 0)
        {
            return;
        }

        var chunks = RowChunks.Of(rows, axis * block / elementSize);
        var body = new Body((byte*)x, (byte*)y, sides, Math.Max(last, 0), axis, block, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    private static void ReverseCopy<T>(T* x, T* y, long n)
        where T : unmanaged
    {
        for (long i = 0; i < n; i++)
        {
            y[i] = x[n - 1 - i];
        }
    }

    private readonly record struct Side(long Size, bool Flipped);

    private readonly struct Body(
        byte* x, byte* y, Side* sides, int rank, long axis, long block, RowChunks chunks)
        : IChunkBody
    {
        public void Run(int chunk)
        {
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                CopyRow(x + (SourceRow(row) * axis * block), y + (row * axis * block));
            }
        }

        private long SourceRow(long row)
        {
            long source = 0;
            long stride = 1;
            for (var d = rank - 1; d >= 0; d--)
            {
                var position = row % sides[d].Size;
                row /= sides[d].Size;
                source += (sides[d].Flipped ? sides[d].Size - 1 - position : position) * stride;
                stride *= sides[d].Size;
            }

            return source;
        }

        private void CopyRow(byte* source, byte* target)
        {
            switch (block)
            {
                case 1:
                    ReverseCopy(source, target, axis);
                    break;
                case 2:
                    ReverseCopy((ushort*)source, (ushort*)target, axis);
                    break;
                case 4:
                    ReverseCopy((uint*)source, (uint*)target, axis);
                    break;
                case 8:
                    ReverseCopy((ulong*)source, (ulong*)target, axis);
                    break;
                default:
                    for (long a = 0; a < axis; a++)
                    {
                        Buffer.MemoryCopy(
                            source + ((axis - 1 - a) * block), target + (a * block), block, block);
                    }

                    break;
            }
        }
    }
}
