using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The mean squared error as a member of <see cref="Tensor"/>.</summary>
public static class MseLossOps
{
    extension(Tensor x)
    {
        /// <summary>(x − target)², reduced.</summary>
        /// <exception cref="ArgumentException">The shapes differ.</exception>
        public Tensor MseLoss(Tensor target, Reduction reduction = Reduction.Mean)
        {
            Reductions.CheckShapes("MseLoss", x, target);
            return (x - target).Square().Reduce(reduction);
        }
    }
}
