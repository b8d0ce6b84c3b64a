using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// The slices of what one run of a <see cref="BatchSlices"/> reads and writes. A plan's tensors
/// stay the same, so that its next run finds them cut.
/// </summary>
internal sealed class BatchSlicesViews(BatchSlices op)
{
    private readonly Tensor?[] _batches = new Tensor?[op.Sources.Length + op.Results.Length];
    private readonly Tensor[,] _slices =
        new Tensor[op.Slices, op.Sources.Length + op.Results.Length];

    /// <summary>Cuts the inputs, then the outputs, as far as they are others than before.</summary>
    public void Cut(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        for (var place = 0; place < _batches.Length; place++)
        {
            var batch = place < x.Length ? x[place] : y[place - x.Length];
            if (_batches[place] == batch)
            {
                continue;
            }
            _batches[place] = batch;
            var isCut = place >= x.Length || op.Sources[place].IsSlice;
            for (var slice = 0; slice < op.Slices; slice++)
            {
                _slices[slice, place] = isCut ? View(batch, slice) : batch;
            }
        }
    }

    /// <summary>A slice of an input, or of the output at a place behind the inputs.</summary>
    public Tensor At(int slice, int place) => _slices[slice, place];

    private Tensor View(Tensor batch, int slice)
    {
        var layout = batch.Layout;
        var shape = op.Slice(layout.Shape);
        return batch.Alias(layout with
        {
            Shape = shape,
            Offset = layout.Offset + (slice * shape[0] * layout.Strides[0]),
        });
    }
}
