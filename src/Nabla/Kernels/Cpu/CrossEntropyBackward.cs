namespace Nabla.Kernels.Cpu;

/// <summary>
/// The logits' gradient of <see cref="CrossEntropy"/>, positions shared over threads.
/// </summary>
internal readonly unsafe struct CrossEntropyBackward(
    in CrossEntropyBatch batch, byte* gy, bool reduced, double divisor, byte* gx) : ILaneWork
{
    private readonly CrossEntropyBatch _batch = batch;
    private readonly Upstream _upstream = new(gy, reduced, divisor);
    private readonly byte* _gx = gx;

    /// <inheritdoc/>
    public void Run<V>() where V : unmanaged, ILanes<V>
    {
        if (_batch.Length == 1)
        {
            var chunks = RowChunks.Of(_batch.Samples, 2 * _batch.Classes);
            var body = new Rows<V>(_batch, _upstream, _gx, chunks);
            WorkerTeam.For(chunks.Count, ref body);
        }
        else
        {
            var blocks = ColumnBlocks.Of(_batch.Samples, 2 * _batch.Classes, _batch.Length);
            var body = new Columns<V>(_batch, _upstream, _gx, blocks);
            WorkerTeam.For(blocks.Chunks.Count, ref body);
        }
    }

    /// <summary>The gradient that comes from above.</summary>
    private readonly struct Upstream(byte* gy, bool reduced, double divisor)
    {
        public double At<V>(long position) where V : unmanaged, ILanes<V> =>
            LaneWork.Read<V>(gy + (reduced ? 0 : position * LaneWork.Size<V>())) / divisor;
    }

    /// <summary>
    /// What a position's gradient is made of: gx[c] = Soft·p[c] − Even·w[c], less Sharp at the
    /// target. All 0 where the target is ignored.
    /// </summary>
    private readonly struct Factors
    {
        public readonly double Soft, Even, Sharp;

        private Factors(double soft, double even, double sharp) =>
            (Soft, Even, Sharp) = (soft, even, sharp);

        public static Factors Of<V>(
            in CrossEntropyBatch batch, in Upstream upstream, long position)
            where V : unmanaged, ILanes<V>
        {
            if (batch.Sharp<V>(position) is not { } sharp)
            {
                return default;
            }

            var gradient = upstream.At<V>(position);
            var soft = sharp + (batch.Spread * batch.WeightSum);
            return new(gradient * soft, gradient * batch.Spread, gradient * sharp);
        }
    }

    private static void Subtract<V>(byte* place, double value)
        where V : unmanaged, ILanes<V> =>
        LaneWork.Write<V>(LaneWork.Read<V>(place) - value, place);

    private readonly struct Rows<V>(
        CrossEntropyBatch batch, Upstream upstream, byte* gx, RowChunks chunks) : IChunkBody
        where V : unmanaged, ILanes<V>
    {
        public void Run(int chunk)
        {
            var size = LaneWork.Size<V>();
            var bytes = batch.Classes * size;
            for (var row = chunks.Start(chunk); row < chunks.End(chunk); row++)
            {
                var y = gx + (row * bytes);
                var target = batch.Target[row];
                if (target == batch.Options.IgnoreIndex)
                {
                    CrossEntropyRow<V>.Clear(y, (nint)batch.Classes);
                    continue;
                }

                var factors = Factors.Of<V>(batch, upstream, row);
                CrossEntropyRow<V>.Gradient(
                    batch.X + (row * bytes), batch.Weight, y, (nint)batch.Classes,
                    LaneWork.Read<V>(batch.Max + (row * size)),
                    LaneWork.Read<V>(batch.LogSum + (row * size)), factors.Soft, factors.Even);
                Subtract<V>(y + (target * size), factors.Sharp);
            }
        }
    }

    private readonly struct Columns<V>(
        CrossEntropyBatch batch, Upstream upstream, byte* gx, ColumnBlocks blocks) : IChunkBody
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
            var first = ((sample * batch.Classes * batch.Length) + column) * size;
            var step = (nint)batch.Length * size;
            var (soft, even) = (V.Const(0), V.Const(0));
            for (nint i = 0; i < columns; i++)
            {
                var factors = Factors.Of<V>(batch, upstream, position + i);
                LaneWork.Write<V>(factors.Soft, (byte*)&soft + (i * size));
                LaneWork.Write<V>(factors.Even, (byte*)&even + (i * size));
            }

            CrossEntropyColumns<V>.Gradient(
                batch.X + first, batch.Weight, gx + first, (nint)batch.Classes, step, columns,
                LaneWork.Load<V>(batch.Max + (position * size), columns),
                LaneWork.Load<V>(batch.LogSum + (position * size), columns), soft, even);
            for (nint i = 0; i < columns; i++)
            {
                Finish(position + i, gx + first + (i * size), step);
            }
        }

        private void Finish(long position, byte* column, nint step)
        {
            var target = batch.Target[position];
            if (target != batch.Options.IgnoreIndex)
            {
                var factors = Factors.Of<V>(batch, upstream, position);
                Subtract<V>(column + (target * step), factors.Sharp);
                return;
            }

            // Not 0 yet if a logit was not finite.
            for (nint c = 0; c < (nint)batch.Classes; c++)
            {
                LaneWork.Write<V>(0, column + (c * step));
            }
        }
    }
}
