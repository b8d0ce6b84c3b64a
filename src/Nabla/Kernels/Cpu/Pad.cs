namespace Nabla.Kernels.Cpu;

/// <summary>
/// Pads a contiguous N-d array with a constant; a negative pad crops (torch.nn.functional.pad with
/// mode "constant"). The output has shape[d] + before[d] + after[d] ≥ 0 elements along dimension d.
/// </summary>
internal static unsafe class Pad
{
    /// <summary>
    /// Writes the padded copy of <paramref name="x"/> to <paramref name="y"/>. The spans have one
    /// number a dimension, the first dimension first. Any type of the right size will do.
    /// </summary>
    public static void Constant<T>(
        T* x, T* y, ReadOnlySpan<long> shape, ReadOnlySpan<long> before,
        ReadOnlySpan<long> after, T value)
        where T : unmanaged
    {
        // An extra first dimension of one makes rank 0 no special case.
        var sides = stackalloc Side[shape.Length + 1];
        sides[0] = new Side(1, 0, 1);
        var rank = 1;
        long count = 1;
        long inner = 1;
        for (var d = 0; d < shape.Length; d++)
        {
            var padded = shape[d] + before[d] + after[d];
            sides[rank++] = new Side(shape[d], before[d], padded);
            count *= padded;
        }

        // Trailing dimensions that keep their size join the one before them: longer rows.
        while (rank > 1 && sides[rank - 1].Same)
        {
            inner *= sides[--rank].Input;
        }

        sides[rank - 1] = sides[rank - 1].Times(inner);
        if (count == 0)
        {
            return;
        }

        var chunks = RowChunks.Of(count / sides[rank - 1].Output, sides[rank - 1].Output);
        var body = new Body<T>(x, y, sides, rank, value, chunks);
        WorkerTeam.For(chunks.Count, ref body);
    }

    /// <summary>
    /// One dimension: its size in the input, the pad before it, its size in the output.
    /// </summary>
    private readonly record struct Side(long Input, long Before, long Output)
    {
        public bool Same => Before == 0 && Input == Output;

        public Side Times(long inner) => new(Input * inner, Before * inner, Output * inner);
    }

    private readonly struct Body<T>(
        T* x, T* y, Side* sides, int rank, T value, RowChunks chunks) : IChunkBody
        where T : unmanaged
    {
        public void Run(int chunk)
        {
            var side = sides[rank - 1];
            var start = Math.Clamp(side.Before, 0, side.Output);
            var end = Math.Clamp(side.Before + side.Input, start, side.Output);
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var target = y + (row * side.Output);
                var source = SourceRow(row);
                if (source < 0)
                {
                    Fill(target, side.Output);
                    continue;
                }

                Fill(target, start);
                var bytes = (end - start) * sizeof(T);
                Buffer.MemoryCopy(
                    x + (source * side.Input) + start - side.Before, target + start, bytes, bytes);
                Fill(target + end, side.Output - end);
            }
        }

        /// <summary>
        /// The input's row that an output's row shows, or −1 for a row of padding.
        /// </summary>
        private long SourceRow(long row)
        {
            long source = 0;
            long stride = 1;
            for (var d = rank - 2; d >= 0; d--)
            {
                var side = sides[d];
                var position = (row % side.Output) - side.Before;
                row /= side.Output;
                if ((ulong)position >= (ulong)side.Input)
                {
                    return -1;
                }

                source += position * stride;
                stride *= side.Input;
            }

            return source;
        }

        private void Fill(T* target, long n)
        {
            for (; n > int.MaxValue; n -= int.MaxValue, target += int.MaxValue)
            {
                new Span<T>(target, int.MaxValue).Fill(value);
            }

            new Span<T>(target, (int)n).Fill(value);
        }
    }
}
