namespace Nabla.Kernels.Cpu;

/// <summary>The losses of <see cref="CrossEntropy"/>, positions shared over threads.</summary>
internal readonly unsafe struct CrossEntropyForward(in CrossEntropyBatch batch, byte* loss)
    : ILaneWork
{
    private readonly CrossEntropyBatch _batch = batch;
    private readonly byte* _loss = loss;

    /// <inheritdoc/>
    public void Run<V>() where V : unmanaged, ILanes<V>
    {
        if (_batch.Length == 1)
        {
            var chunks = RowChunks.Of(_batch.Samples, 4 * _batch.Classes);
            var body = new Rows<V>(_batch, _loss, chunks);
            WorkerTeam.For(chunks.Count, ref body);
        }
        else
        {
            var blocks = ColumnBlocks.Of(_batch.Samples, 4 * _batch.Classes, _batch.Length);
            var body = new Columns<V>(_batch, _loss, blocks);
            WorkerTeam.For(blocks.Chunks.Count, ref body);
        }
    }

    /// <summary>Writes a loss from the softmax's numbers and Σ w·(max − x).</summary>
    private static void Write<V>(
        in CrossEntropyBatch batch, byte* loss, long position, double logit, double smooth)
        where V : unmanaged, ILanes<V>
    {
        var at = position * LaneWork.Size<V>();
        var value = 0.0;
        if (batch.Sharp<V>(position) is { } sharp)
        {
            var logSum = LaneWork.Read<V>(batch.LogSum + at);
            value = sharp * (LaneWork.Read<V>(batch.Max + at) - logit + logSum);
            if (batch.Spread > 0)
            {
                value += batch.Spread * (smooth + (batch.WeightSum * logSum));
            }
        }

        LaneWork.Write<V>(value, loss + at);
    }

    private readonly struct Rows<V>(CrossEntropyBatch batch, byte* loss, RowChunks chunks)
        : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var size = LaneWork.Size<V>();
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var x = batch.X + (row * batch.Classes * size);
                var (max, logSum) = SoftmaxRow<V>.LogSumExp(x, (nint)batch.Classes);
                LaneWork.Write<V>(max, batch.Max + (row * size));
                LaneWork.Write<V>(logSum, batch.LogSum + (row * size));
                var target = batch.Target[row];
                var logit = target == batch.Options.IgnoreIndex
                    ? 0 : LaneWork.Read<V>(x + (target * size));
                var smooth = batch.Spread > 0
                    ? CrossEntropyRow<V>.Below(x, batch.Weight, (nint)batch.Classes, max) : 0;
                Write<V>(batch, loss, row, logit, smooth);
            }
        }
    }

    private readonly struct Columns<V>(CrossEntropyBatch batch, byte* loss, ColumnBlocks blocks)
        : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            for (var b = blocks.Chunks.Start(chunk); b < blocks.Chunks.End(chunk); b++)
            {
                var (sample, start, width) = blocks[b];
                for (nint i = 0; i < width; i += V.Count)
                {
                    Group(sample, start + i, nint.Min(V.Count, width - i));
                }
            }
        }

        private void Group(long sample, long column, nint columns)
        {
            var size = LaneWork.Size<V>();
            var position = (sample * batch.Length) + column;
            var x = batch.X + (((sample * batch.Classes * batch.Length) + column) * size);
            var step = (nint)batch.Length * size;
            var smooth = CrossEntropyColumns<V>.Forward(
                x, batch.Weight, (nint)batch.Classes, step, columns, batch.Spread > 0,
                batch.Max + (position * size), batch.LogSum + (position * size));
            for (nint i = 0; i < columns; i++)
            {
                var target = batch.Target[position + i];
                var logit = target == batch.Options.IgnoreIndex
                    ? 0 : LaneWork.Read<V>(x + (target * step) + (i * size));
                Write<V>(
                    batch, loss, position + i, logit,
                    LaneWork.Read<V>((byte*)&smooth + (i * size)));
            }
        }
    }
}
