using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The mean absolute error as a member of <see cref="Tensor"/>.</summary>
public static class L1LossOps
{
    extension(Tensor x)
    {
        /// <summary>|x − target|, reduced.</summary>
        /// <exception cref="ArgumentException">The shapes differ.</exception>
        public Tensor L1Loss(Tensor target, Reduction reduction = Reduction.Mean)
        {
            Reductions.CheckShapes("L1Loss", x, target);
            return (x - target).Abs().Reduce(reduction);
        }
    }
}
