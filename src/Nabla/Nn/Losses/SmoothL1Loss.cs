using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// With d = |x − t|: <c>loss = d²/(2·beta)</c> below beta, else <c>d − beta/2</c>, of two tensors
/// of one shape (N, …); a scalar unless not reduced. Source: Girshick: Fast R-CNN, 2015, eq. 3;
/// <c>torch.nn.SmoothL1Loss</c>.
/// </summary>
/// <param name="beta">Where the curve becomes straight.</param>
/// <param name="reduction">What to make of the losses.</param>
/// <exception cref="ArgumentException">Calling it with two shapes, or with beta below
/// 0.</exception>
public sealed class SmoothL1Loss(double beta = 1, Reduction reduction = Reduction.Mean)
    : Loss(reduction)
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input, Tensor target) =>
        input.SmoothL1Loss(target, beta, Reduction);
}
