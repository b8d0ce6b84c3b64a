using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Logarithms of sums of exponentials as members of <see cref="Tensor"/>.</summary>
public static class LogSumExpOps
{
    extension(Tensor x)
    {
        /// <summary>ln Σ exp x over some dimensions, without overflow; −∞ over nothing.</summary>
        /// <param name="dims">The dimensions; none: all.</param>
        /// <param name="keepDim">Whether they stay, with size 1.</param>
        /// <exception cref="ArgumentException">A dimension is missing or named twice.</exception>
        public Tensor LogSumExp(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            var real = x.DType.IsFloat ? x : x.Float();
            _ = Axes.Kept("LogSumExp", x.Shape, dims);
            if (x.Count == 0)
            {
                return Axes.Fit(real.Exp().Sum(dims, true).Log(), x.Shape, dims, keepDim);
            }
            // ln Σ exp x = m + ln Σ exp(x − m) for every m: as a constant it needs no gradient.
            var largest = real.Detach().Amax(dims, true);
            var shift = Tensor.Where(largest.IsFinite(), largest, 0);
            var y = (real - shift).Exp().Sum(dims, true).Log() + shift;
            return Axes.Fit(y, x.Shape, dims, keepDim);
        }

        /// <summary>ln Σ exp x over one dimension.</summary>
        public Tensor LogSumExp(int dim, bool keepDim = false) => x.LogSumExp([dim], keepDim);
    }
}
