using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// The absolute error <c>loss = |x − t|</c> of two tensors of one shape (N, …); a scalar unless not
/// reduced. Source: Edgeworth: On Observations Relating to Several Quantities, 1887;
/// <c>torch.nn.L1Loss</c>.
/// </summary>
/// <param name="reduction">What to make of the losses.</param>
/// <exception cref="ArgumentException">Calling it with two shapes.</exception>
public sealed class L1Loss(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input, Tensor target) =>
        input.L1Loss(target, Reduction);
}
