using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Nn;

/// <summary>
/// Cross-entropy on logits: mean over n of log Σ_c exp(x[n, c]) − x[n, target[n]], for x (N, C) and
/// class numbers (N,) in int64: a scalar. Never overflows. Throws when the shapes do not fit.
/// Source: <c>torch.nn.CrossEntropyLoss</c>; Goodfellow, Bengio, Courville: Deep Learning, 6.2.2.3.
/// </summary>
/// <param name="labelSmoothing">ε: the target is (1 − ε) · one-hot + ε / C (Szegedy et al. 2016).
/// </param>
public sealed class CrossEntropyLoss(double labelSmoothing = 0)
    : Module<(Tensor Input, Tensor Target), Tensor>
{
    /// <summary>The loss of logits.</summary>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Tensor Call(Tensor input, Tensor target) => Call((input, target));

    /// <inheritdoc/>
    protected override Tensor Forward((Tensor Input, Tensor Target) pair)
    {
        var (x, target) = pair;
        if (x.Rank != 2 || target.Rank != 1 || x.Shape[0] != target.Shape[0])
        {
            throw new ArgumentException("CrossEntropyLoss expects logits (N, C) and class numbers "
                + $"(N,) but got {x.Shape} and {target.Shape}");
        }
        var classes = x.Shape[1];
        var largest = x.Detach().Amax(1, keepDim: true);
        var shifted = x - largest;
        var logSum = shifted.Exp().Sum(1).Log();
        var numbers = Tensor.From<long>([.. Enumerable.Range(0, classes).Select(c => (long)c)],
            new Shape(1, classes));
        var chosen = target.Unsqueeze(1).Eq(numbers).To(x.DType);
        var picked = (shifted * chosen).Sum(1);
        var loss = logSum - picked * (1 - labelSmoothing);
        if (labelSmoothing > 0)
        {
            loss = loss - shifted.Mean(1) * labelSmoothing;
        }
        return loss.Mean();
    }
}
