using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Binary cross-entropy on logits: <c>loss = −w·(w₊·t·log σ(x) + (1 − t)·log(1 − σ(x)))</c> for
/// logits and probabilities of one shape (N, …); it never overflows. Source: Good: Rational
/// Decisions, 1952; <c>torch.nn.BCEWithLogitsLoss</c>.
/// </summary>
/// <param name="weight">w, which broadcasts; null for 1.</param>
/// <param name="positiveWeight">w₊, which broadcasts; null for 1.</param>
/// <param name="reduction">What to make of the losses.</param>
/// <exception cref="ArgumentException">Calling it with shapes that do not fit.</exception>
public sealed class BCEWithLogitsLoss(Tensor? weight = null, Tensor? positiveWeight = null,
    Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    private readonly ModuleBuffer? _weight = weight is null ? null : new(weight);

    [Name("pos_weight")]
    private readonly ModuleBuffer? _positiveWeight =
        positiveWeight is null ? null : new(positiveWeight);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input, Tensor target) =>
        input.BceWithLogits(target, _weight, _positiveWeight, Reduction);
}
