using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// The mean squared error Σ (x − y)² / n over two tensors of one shape (N, …): a scalar. Throws
/// when the shapes differ. Source: <c>torch.nn.MSELoss</c>.
/// </summary>
public sealed class MSELoss : Module<(Tensor Input, Tensor Target), Tensor>
{
    /// <summary>The loss of a prediction.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Tensor Call(Tensor input, Tensor target) => Call((input, target));

    /// <inheritdoc/>
    protected override Tensor Forward((Tensor Input, Tensor Target) x)
    {
        if (x.Input.Shape != x.Target.Shape)
        {
            throw new ArgumentException($"MSELoss expects two tensors of one shape but got "
                + $"{x.Input.Shape} and {x.Target.Shape}; reshape one of them");
        }
        return (x.Input - x.Target).Square().Mean();
    }
}
