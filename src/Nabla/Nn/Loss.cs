using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>A module that says how far a prediction is from its target.</summary>
/// <param name="reduction">What to make of the losses of the elements.</param>
public abstract class Loss(Reduction reduction) : Module<(Tensor Input, Tensor Target), Tensor>
{
    /// <summary>What to make of the losses of the elements.</summary>
    public Reduction Reduction { get; } = reduction;

    /// <inheritdoc/>
    protected override string Description =>
        Reduction == Reduction.Mean ? "" : $"reduction={Reduction}";

    /// <summary>The loss of a prediction.</summary>
    /// <param name="input">What was predicted.</param>
    /// <param name="target">What was wanted.</param>
    public Tensor Call(Tensor input, Tensor target) => Call((input, target));

    /// <inheritdoc/>
    protected sealed override Tensor Forward((Tensor Input, Tensor Target) x) =>
        Forward(x.Input, x.Target);

    /// <summary>Computes the loss.</summary>
    protected abstract Tensor Forward(Tensor input, Tensor target);
}
