using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Means as members of <see cref="Tensor"/>.</summary>
public static class MeanOps
{
    extension(Tensor x)
    {
        /// <summary>Σ x / n over some dimensions; NaN over nothing.</summary>
        /// <param name="dims">The dimensions; none: all.</param>
        /// <param name="keepDim">Whether they stay, with size 1.</param>
        /// <exception cref="ArgumentException">The elements are integers, or a dimension is missing
        /// or named twice.</exception>
        public Tensor Mean(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            Axes.CheckFloat("Mean", x);
            var kept = Axes.Kept("Mean", x.Shape, dims);
            // The sum of 16-bit floats overflows long before their mean does.
            var sum = SumToOp.Of(CastOp.Of(x, x.DType.Compute), kept);
            var mean = CastOp.Of(sum / Axes.Folded(x.Shape, kept), x.DType);
            return Axes.Fit(mean, x.Shape, dims, keepDim);
        }

        /// <summary>Σ x / n over one dimension.</summary>
        public Tensor Mean(int dim, bool keepDim = false) => x.Mean([dim], keepDim);

        /// <summary>Σ x / n over everything.</summary>
        public Tensor Mean() => x.Mean(default(ReadOnlySpan<int>));
    }
}
