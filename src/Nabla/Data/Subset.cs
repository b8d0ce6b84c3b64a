using Nabla.Tensors;

namespace Nabla.Data;

/// <summary>Some samples of another data set.</summary>
public sealed class Subset : Dataset
{
    private readonly Dataset _data;
    private readonly int[] _indices;

    /// <summary>The samples with the given numbers, in that order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number names no sample.</exception>
    public Subset(Dataset data, params ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (var index in indices)
        {
            if ((uint)index >= (uint)data.Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices),
                    $"there is no sample {index}; the data set has {data.Count}");
            }
        }
        _data = data;
        _indices = indices.ToArray();
    }

    /// <inheritdoc/>
    public override int Count => _indices.Length;

    /// <summary>The samples' numbers in the data set they are taken from.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <inheritdoc/>
    public override Tensor[] this[int index]
    {
        get
        {
            CheckIndex(index);
            return _data[_indices[index]];
        }
    }

    /// <inheritdoc/>
    public override Tensor[] Batch(ReadOnlySpan<int> indices) => _data.Batch(Mapped(indices));

    /// <inheritdoc/>
    public override Tensor[] Batch(ReadOnlySpan<int> indices, SampleKey key) =>
        _data.Batch(Mapped(indices), key);

    private int[] Mapped(ReadOnlySpan<int> indices)
    {
        var mapped = new int[indices.Length];
        for (var i = 0; i < mapped.Length; i++)
        {
            CheckIndex(indices[i]);
            mapped[i] = _indices[indices[i]];
        }
        return mapped;
    }

    /// <summary>Divides a data set at random into disjoint parts, equal for equal seeds.</summary>
    /// <param name="data">What to divide.</param>
    /// <param name="seed">Which division.</param>
    /// <param name="counts">The parts' sizes; their sum is at most the data set's.</param>
    /// <exception cref="ArgumentException">A size is negative, or the sum is too large.</exception>
    public static Subset[] Split(Dataset data, ulong seed, params ReadOnlySpan<int> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count < 0 ? long.MaxValue / 2 : count;
        }
        if (sum > data.Count)
        {
            throw new ArgumentException($"Split: parts of {string.Join(", ", counts.ToArray())} "
                + $"samples do not fit a data set of {data.Count}");
        }
        var order = RandomSampler.Permutation(data.Count, seed, RandomSampler.SplitStream, 0);
        var parts = new Subset[counts.Length];
        var start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = order.AsSpan(start, counts[i]);
            part.Sort();
            parts[i] = new Subset(data, part);
            start += counts[i];
        }
        return parts;
    }
}
