using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Binary cross-entropy on logits as a member of <see cref="Tensor"/>.</summary>
public static class BceWithLogitsOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// −(w₊·t·log σ(x) + (1 − t)·log(1 − σ(x))) with t = target in [0, 1], reduced; computed as
        /// (1 − t)·x − (1 + (w₊ − 1)·t)·log σ(x), which never overflows.
        /// </summary>
        /// <param name="target">Probabilities of x's shape.</param>
        /// <param name="weight">Factors of the losses, which broadcast; null for 1.</param>
        /// <param name="positiveWeight">w₊, which broadcasts; null for 1.</param>
        /// <param name="reduction">What to make of the losses.</param>
        /// <exception cref="ArgumentException">The shapes do not fit.</exception>
        public Tensor BceWithLogits(Tensor target, Tensor? weight = null,
            Tensor? positiveWeight = null, Reduction reduction = Reduction.Mean)
        {
            Reductions.CheckShapes("BceWithLogits", x, target);
            var log = x.LogSigmoid();
            if (positiveWeight is not null)
            {
                log *= 1 + ((positiveWeight - 1) * target);
            }
            var loss = ((1 - target) * x) - log;
            return (weight is null ? loss : loss * weight).Reduce(reduction);
        }
    }
}
