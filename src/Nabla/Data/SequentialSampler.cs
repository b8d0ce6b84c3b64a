namespace Nabla.Data;

/// <summary>0, 1, 2, … in every epoch.</summary>
/// <param name="count">The number of samples.</param>
public sealed class SequentialSampler(int count) : Sampler
{
    /// <inheritdoc/>
    public override int Count { get; } = Checked(count);

    /// <inheritdoc/>
    public override int[] Order(int epoch) => [.. Enumerable.Range(0, Count)];
}
