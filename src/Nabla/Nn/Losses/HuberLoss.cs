using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// With d = |x − t|: <c>loss = d²/2</c> below delta, else <c>delta·(d − delta/2)</c>, of two
/// tensors of one shape (N, …); a scalar unless not reduced. Source: Huber: Robust Estimation of a
/// Location Parameter, 1964; <c>torch.nn.HuberLoss</c>.
/// </summary>
/// <param name="delta">Where the curve becomes straight.</param>
/// <param name="reduction">What to make of the losses.</param>
/// <exception cref="ArgumentException">Calling it with two shapes, or with delta not above 0.
/// </exception>
public sealed class HuberLoss(double delta = 1, Reduction reduction = Reduction.Mean)
    : Loss(reduction)
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input, Tensor target) =>
        input.HuberLoss(target, delta, Reduction);
}
