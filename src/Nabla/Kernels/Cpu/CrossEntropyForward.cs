using System.Runtime.CompilerServices;

namespace Nabla.Kernels.Cpu;

/// <summary>The losses of <see cref="CrossEntropy"/>, positions shared over threads.</summary>
internal readonly unsafe struct CrossEntropyForward(in CrossEntropyBatch batch, byte* loss)
    : ILaneWork
{
    /// <summary>Classes up to which float32 rows are turned round, so that the lanes lie along the
    /// positions: a row by itself has few lanes to fill, and then waits for each result.</summary>
    private const int Few = 64;

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

    /// <summary>Positions that lie side by side, one a lane; neighbouring classes are
    /// <paramref name="step"/> bytes apart.</summary>
    private static void Group<V>(
        in CrossEntropyBatch batch, byte* loss, byte* x, nint step, long position, nint columns)
        where V : unmanaged, ILanes<V>
    {
        var size = LaneWork.Size<V>();
        var smooth = CrossEntropyColumns<V>.Forward(
            x, batch.Weight, (nint)batch.Classes, step, columns, batch.Spread > 0,
            batch.Max + (position * size), batch.LogSum + (position * size));
        for (nint i = 0; i < columns; i++)
        {
            var target = batch.Target[position + i];
            var logit = target == batch.Options.IgnoreIndex
                ? 0 : LaneWork.Read<V>(x + (target * step) + (i * size));
            Write<V>(
                batch, loss, position + i, logit, LaneWork.Read<V>((byte*)&smooth + (i * size)));
        }
    }

    private readonly struct Rows<V>(CrossEntropyBatch batch, byte* loss, RowChunks chunks)
        : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var (start, end) = (chunks.Start(chunk), chunks.End(chunk));
            if (V.Count > 1 && batch.Classes <= Few)
            {
                Turned(start, end);
                return;
            }

            var size = LaneWork.Size<V>();
            for (var row = start; row < end; row++)
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

        [SkipLocalsInit]
        private void Turned(long row, long end)
        {
            var turned = stackalloc V[Few];
            var classes = (int)batch.Classes;
            for (; row < end; row += V.Count)
            {
                var rows = (int)Math.Min(V.Count, end - row);
                GemmTranspose.Run(
                    rows, classes, (float*)batch.X + (row * classes), classes, (float*)turned,
                    V.Count);
                Group<V>(batch, loss, (byte*)turned, sizeof(V), row, rows);
            }
        }
    }

    private readonly struct Columns<V>(CrossEntropyBatch batch, byte* loss, ColumnBlocks blocks)
        : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var size = LaneWork.Size<V>();
            for (var b = blocks.Chunks.Start(chunk); b < blocks.Chunks.End(chunk); b++)
            {
                var (sample, start, width) = blocks[b];
                var step = (nint)batch.Length * size;
                for (nint i = 0; i < width; i += V.Count)
                {
                    var position = (sample * batch.Length) + start + i;
                    var x = batch.X
                        + (((sample * batch.Classes * batch.Length) + start + i) * size);
                    Group<V>(batch, loss, x, step, position, nint.Min(V.Count, width - i));
                }
            }
        }
    }
}
