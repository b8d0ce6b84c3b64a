using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The smooth rectifier as a member of <see cref="Tensor"/>.</summary>
public static class SoftplusOps
{
    extension(Tensor x)
    {
        /// <summary>ln(1 + exp(βx)) / β, and x where βx exceeds the threshold;
        /// elementwise.</summary>
        /// <param name="beta">β, how sharp the bend is.</param>
        /// <param name="threshold">Where the function is taken as linear.</param>
        /// <exception cref="ArgumentOutOfRangeException">β is not positive, or the threshold NaN.
        /// </exception>
        public Tensor Softplus(double beta = 1, double threshold = 20)
        {
            if (!(beta > 0 && double.IsFinite(beta)))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(beta), $"Softplus: beta must be a positive number, got {beta}");
            }
            if (double.IsNaN(threshold))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(threshold), "Softplus: threshold must be a number, got NaN");
            }
            var scaled = x * beta;
            var linear = scaled > threshold;
            // No infinity may reach a branch that Where drops: 0 · ∞ would spoil the gradient.
            var bent = Tensor.Where(linear, 0, scaled).Exp().Log1p() * (1 / beta);
            return Tensor.Where(linear, x, bent);
        }
    }
}
