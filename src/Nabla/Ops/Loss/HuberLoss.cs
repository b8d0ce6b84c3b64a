using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Losses that are square near 0 and straight beyond, as members of
/// <see cref="Tensor"/>.</summary>
public static class HuberLossOps
{
    extension(Tensor x)
    {
        /// <summary>With d = |x − target|: d²/2 below delta, else delta·(d − delta/2), reduced.
        /// </summary>
        /// <exception cref="ArgumentException">The shapes differ, or delta is not above 0.
        /// </exception>
        public Tensor HuberLoss(
            Tensor target, double delta = 1, Reduction reduction = Reduction.Mean)
        {
            if (!(delta > 0))
            {
                throw new ArgumentException($"HuberLoss: delta must be above 0, got {delta}");
            }
            return Each("HuberLoss", x, target, delta).Reduce(reduction);
        }

        /// <summary>With d = |x − target|: d²/(2·beta) below beta, else d − beta/2, reduced; for
        /// beta 0 it is the absolute error.</summary>
        /// <exception cref="ArgumentException">The shapes differ, or beta is below 0.</exception>
        public Tensor SmoothL1Loss(
            Tensor target, double beta = 1, Reduction reduction = Reduction.Mean)
        {
            if (!(beta >= 0))
            {
                throw new ArgumentException($"SmoothL1Loss: beta must not be below 0, got {beta}");
            }
            return beta == 0
                ? x.L1Loss(target, reduction)
                : (Each("SmoothL1Loss", x, target, beta) * (1 / beta)).Reduce(reduction);
        }
    }

    private static Tensor Each(string op, Tensor x, Tensor target, double delta)
    {
        Reductions.CheckShapes(op, x, target);
        var d = x - target;
        var distance = d.Abs();
        return Tensor.Where(
            distance < delta, d.Square() * 0.5, (distance - (0.5 * delta)) * delta);
    }
}
