using Nabla.Tensors;

namespace Nabla.Data;

/// <summary>Samples that are the rows of tensors: sample i is <c>(t₀[i], t₁[i], …)</c>.</summary>
public sealed class TensorDataset : Dataset
{
    private readonly Tensor[] _tensors;

    /// <summary>Samples from tensors of shape (N, …), all with the same N.</summary>
    /// <exception cref="ArgumentException">There is none, or the Ns differ.</exception>
    public TensorDataset(params Tensor[] tensors)
    {
        if (tensors.Length == 0)
        {
            throw new ArgumentException("TensorDataset needs at least one tensor");
        }
        foreach (var tensor in tensors)
        {
            if (tensor.Rank == 0 || tensor.Shape[0] != tensors[0].Shape[0])
            {
                throw new ArgumentException("TensorDataset expects tensors with equal first sizes "
                    + $"but got {string.Join(", ", tensors.Select(t => t.Shape))}");
            }
        }
        _tensors = Array.ConvertAll(tensors, t => t.Dense());
    }

    /// <inheritdoc/>
    public override int Count => _tensors[0].Shape[0];

    /// <inheritdoc/>
    public override Tensor[] this[int index]
    {
        get
        {
            CheckIndex(index);
            return Array.ConvertAll(_tensors, t => Row(t, index));
        }
    }

    /// <inheritdoc/>
    public override Tensor[] Batch(ReadOnlySpan<int> indices)
    {
        CheckNotEmpty(indices);
        foreach (var index in indices)
        {
            CheckIndex(index);
        }
        var batch = new Tensor[_tensors.Length];
        for (var i = 0; i < batch.Length; i++)
        {
            batch[i] = RowCopy.Gather(_tensors[i], indices);
        }
        return batch;
    }

    private static Tensor Row(Tensor tensor, int index)
    {
        var row = Tensor.Empty(tensor.Shape.Without(0), tensor.DType);
        var whole = RowCopy.Gather(tensor, [index]);
        RowCopy.Copy(whole, row, 0);
        return row;
    }
}
