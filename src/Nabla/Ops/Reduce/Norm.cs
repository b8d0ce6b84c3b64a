using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Vector norms as members of <see cref="Tensor"/>.</summary>
public static class NormOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// (Σ |x|ᵖ)^(1/p) over some dimensions; the largest |x| for p = ∞, the smallest for p = −∞,
        /// and how many are not 0 for p = 0. Where a norm is 0 its gradient is taken as 0.
        /// </summary>
        /// <param name="p">The order; 2 for the Euclidean norm.</param>
        /// <param name="dims">The dimensions; none: all.</param>
        /// <param name="keepDim">Whether they stay, with size 1.</param>
        /// <exception cref="ArgumentException">The elements are integers, p is NaN, or a dimension
        /// is missing or named twice.</exception>
        public Tensor Norm(double p, ReadOnlySpan<int> dims, bool keepDim = false)
        {
            Axes.CheckFloat("Norm", x);
            return p switch
            {
                1 => x.Abs().Sum(dims, keepDim),
                2 => Axes.SafeSqrt(x.Square().Sum(dims, keepDim)),
                0 => x.Ne(0).To(x.DType).Sum(dims, keepDim),
                double.PositiveInfinity => x.Abs().Amax(dims, keepDim),
                double.NegativeInfinity => x.Abs().Amin(dims, keepDim),
                double.NaN => throw new ArgumentException("Norm: the order p is NaN"),
                _ => PowerNorm(x, p, dims, keepDim),
            };
        }

        /// <summary>(Σ |x|ᵖ)^(1/p) over one dimension.</summary>
        public Tensor Norm(double p, int dim, bool keepDim = false) => x.Norm(p, [dim], keepDim);

        /// <summary>(Σ |x|ᵖ)^(1/p) over everything.</summary>
        public Tensor Norm(double p = 2) => x.Norm(p, default(ReadOnlySpan<int>));
    }

    private static Tensor PowerNorm(Tensor x, double p, ReadOnlySpan<int> dims, bool keepDim)
    {
        // 0ᵖ has an infinite slope for p < 1; PyTorch takes it as 0.
        var zero = x.Eq(0);
        var powers = Tensor.Where(zero, p > 0 ? 0 : double.PositiveInfinity,
            Tensor.Where(zero, 1, x).Abs().Pow(p));
        var sum = powers.Sum(dims, keepDim);
        var none = p > 0 ? sum.Eq(0) : sum.IsInf();
        return Tensor.Where(none, 0, Tensor.Where(none, 1, sum).Pow(1 / p));
    }
}
