using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Batch normalization of vectors (N, C) or sequences (N, C, L), to the same shape:
/// <c>y = (x − mean) / √(variance + ε) · weight + bias</c>. Source: Ioffe, Szegedy: Batch
/// Normalization, 2015; <c>torch.nn.BatchNorm1d</c>.
/// </summary>
/// <param name="features">C.</param>
/// <param name="epsilon">ε.</param>
/// <param name="momentum">The share of a batch in the running statistics; null for a plain mean.
/// </param>
/// <param name="affine">Whether there are weight and bias.</param>
/// <param name="trackRunningStats">Whether there are running statistics.</param>
/// <exception cref="ArgumentException">Calling it with another shape, or in training with one value
/// per channel.</exception>
public sealed class BatchNorm1d(int features, double epsilon = 1e-5, double? momentum = 0.1,
    bool affine = true, bool trackRunningStats = true)
    : BatchNorm(features, epsilon, momentum, affine, trackRunningStats)
{
    private protected override string Expected => $"(N, {Features}) or (N, {Features}, L)";

    private protected override bool Takes(Shape shape) => shape.Rank is 2 or 3;
}
