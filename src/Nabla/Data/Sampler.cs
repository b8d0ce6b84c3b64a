using Nabla.Tensors;

namespace Nabla.Data;

/// <summary>The order in which an epoch visits the samples: a pure function of its number, so
/// that a run can go on in the middle of an epoch.</summary>
public abstract class Sampler
{
    /// <summary>The number of samples that an epoch visits.</summary>
    public abstract int Count { get; }

    /// <summary>The samples' numbers, in the order of an epoch.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    public abstract int[] Order(int epoch);

    /// <summary>A number of samples, unless it is negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is.</exception>
    private protected static int Checked(int count)
    {
        Require.AtLeast("Sampler", count, 0);
        return count;
    }
}
