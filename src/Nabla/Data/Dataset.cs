using Nabla.Tensors;

namespace Nabla.Data;

/// <summary>
/// Samples by number. A sample is a row of tensors, such as an image (C, H, W) and its label ();
/// a batch stacks samples along a new first dimension.
/// </summary>
/// <remarks>A loader's workers call it from several threads at once: it must not change.</remarks>
public abstract class Dataset
{
    /// <summary>The number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>One sample's tensors.</summary>
    /// <param name="index">Its number, 0 … <see cref="Count"/> − 1.</param>
    public abstract Tensor[] this[int index] { get; }

    /// <summary>Several samples, stacked: each tensor of shape (N, …).</summary>
    /// <param name="indices">Their numbers, in the order of the batch.</param>
    /// <exception cref="SampleException">Reading a sample failed; the message has its number.
    /// </exception>
    public virtual Tensor[] Batch(ReadOnlySpan<int> indices)
    {
        CheckNotEmpty(indices);
        var first = Read(indices[0]);
        var batch = new Tensor[first.Length];
        for (var i = 0; i < batch.Length; i++)
        {
            batch[i] = Tensor.Empty(first[i].Shape.Insert(0, indices.Length), first[i].DType);
        }
        for (var row = 0; row < indices.Length; row++)
        {
            var sample = row == 0 ? first : Read(indices[row]);
            Stack(batch, row, sample, indices[row]);
        }
        return batch;
    }

    /// <summary>Several samples, stacked, for a data set that changes them at random.</summary>
    /// <param name="indices">Their numbers, in the order of the batch.</param>
    /// <param name="key">What chance may depend on.</param>
    public virtual Tensor[] Batch(ReadOnlySpan<int> indices, SampleKey key) => Batch(indices);

    /// <summary>Throws when a batch would have no sample.</summary>
    protected static void CheckNotEmpty(ReadOnlySpan<int> indices)
    {
        if (indices.IsEmpty)
        {
            throw new ArgumentException("Batch: a batch needs at least one sample");
        }
    }

    /// <summary>Throws when a number names no sample.</summary>
    protected void CheckIndex(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index),
                $"there is no sample {index}; the data set has {Count}, numbered from 0");
        }
    }

    private Tensor[] Read(int index)
    {
        try
        {
            return this[index];
        }
        catch (Exception e) when (e is not SampleException)
        {
            throw new SampleException(index, $"reading sample {index} failed: {e.Message}", e);
        }
    }

    private static void Stack(Tensor[] batch, int row, Tensor[] sample, int index)
    {
        if (sample.Length != batch.Length)
        {
            throw new SampleException(index, $"sample {index} has {sample.Length} tensors, but the "
                + $"batch's first one has {batch.Length}");
        }
        for (var i = 0; i < batch.Length; i++)
        {
            var (into, part) = (batch[i], sample[i]);
            if (part.Shape != into.Shape.Without(0) || part.DType != into.DType)
            {
                throw new SampleException(index, $"tensor {i} of sample {index} is "
                    + $"{part.DType.Name} {part.Shape}, but the batch's first one is "
                    + $"{into.DType.Name} {into.Shape.Without(0)}; samples of a batch must "
                    + "be alike");
            }
            RowCopy.Copy(part, into, row);
        }
    }
}
