using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Cross-entropy on logits: <c>loss = log Σ_c exp(x[n, c]) − x[n, t[n]]</c> for logits (N, C, …)
/// and class numbers (N, …) of an integer type, or Σ_c of each probability for targets of the
/// logits' shape; it never overflows. Source: Szegedy et al.: Rethinking the Inception
/// Architecture, 2016, section 7 (smoothing); <c>torch.nn.CrossEntropyLoss</c>.
/// </summary>
public sealed class CrossEntropyLoss : Loss
{
    private readonly ModuleBuffer? _weight;
    private readonly long _ignoreIndex;
    private readonly double _labelSmoothing;

    /// <summary>Makes a loss.</summary>
    /// <param name="weight">A weight for each class (C,), or null for 1.</param>
    /// <param name="ignoreIndex">The class number that counts for nothing.</param>
    /// <param name="reduction">What to make of the losses; the mean is weighted.</param>
    /// <param name="labelSmoothing">ε: the target is (1 − ε) · one-hot + ε / C.</param>
    /// <exception cref="ArgumentException">The smoothing is not in [0, 1].</exception>
    public CrossEntropyLoss(Tensor? weight = null, long ignoreIndex = -100,
        Reduction reduction = Reduction.Mean, double labelSmoothing = 0) : base(reduction)
    {
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
        {
            throw new ArgumentException(
                $"CrossEntropyLoss: label smoothing lies in [0, 1], got {labelSmoothing}");
        }
        _weight = weight is null ? null : new ModuleBuffer(weight);
        _ignoreIndex = ignoreIndex;
        _labelSmoothing = labelSmoothing;
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input, Tensor target) =>
        input.CrossEntropy(target, _weight, _ignoreIndex, Reduction, _labelSmoothing);
}
