using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// The squared error <c>loss = (x − t)²</c> of two tensors of one shape (N, …); a scalar unless not
/// reduced. Source: Legendre, 1805, appendix (least squares); <c>torch.nn.MSELoss</c>.
/// </summary>
/// <param name="reduction">What to make of the losses.</param>
/// <exception cref="ArgumentException">Calling it with two shapes.</exception>
public sealed class MSELoss(Reduction reduction = Reduction.Mean) : Loss(reduction)
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input, Tensor target) =>
        input.MseLoss(target, Reduction);
}
