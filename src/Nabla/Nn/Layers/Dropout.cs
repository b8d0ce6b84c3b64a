using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// In training <c>y = x · m / (1 − p)</c> with m = 0 with probability p, else 1; in use
/// <c>y = x</c>. Any shape (N, …) to the same. Source: Srivastava, Hinton, Krizhevsky, Sutskever,
/// Salakhutdinov: Dropout, 2014, section 4; <c>torch.nn.Dropout</c>.
/// </summary>
public sealed class Dropout : Module<Tensor, Tensor>
{
    private readonly double _p;

    /// <summary>Makes a layer.</summary>
    /// <param name="p">The probability of dropping an element.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not in [0, 1].</exception>
    public Dropout(double p = 0.5)
    {
        Require.Share(nameof(Dropout), p);
        _p = p;
    }

    /// <inheritdoc/>
    protected override string Description => $"p={_p}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x) => x.Dropout(_p, IsTraining);
}
