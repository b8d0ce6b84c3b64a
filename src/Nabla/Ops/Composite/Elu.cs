using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The exponential linear unit as a member of <see cref="Tensor"/>.</summary>
public static class EluOps
{
    extension(Tensor x)
    {
        /// <summary>x where x &gt; 0, else α · (eˣ − 1); elementwise.</summary>
        /// <remarks>Source: Clevert, Unterthiner and Hochreiter (2016), section 3.</remarks>
        /// <exception cref="ArgumentOutOfRangeException">α is not finite.</exception>
        public Tensor Elu(double alpha = 1)
        {
            Require.Finite("Elu", alpha);
            var positive = x > 0;
            // No infinity may reach a branch that Where drops: 0 · ∞ would spoil the gradient.
            return Tensor.Where(positive, x, Tensor.Where(positive, 0, x).Expm1() * alpha);
        }
    }
}
