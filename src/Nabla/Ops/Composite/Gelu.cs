using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The Gaussian error linear unit as a member of <see cref="Tensor"/>.</summary>
public static class GeluOps
{
    extension(Tensor x)
    {
        /// <summary>x · Φ(x) = x/2 · (1 + erf(x / √2)), elementwise.</summary>
        /// <param name="approximate"><c>none</c>, or <c>tanh</c> for
        /// x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))).</param>
        /// <exception cref="ArgumentException">Another word was given.</exception>
        /// <remarks>Source: Hendrycks and Gimpel (2016), section 2.</remarks>
        public Tensor Gelu(string approximate = "none") => approximate switch
        {
            "none" => 0.5 * x * (1 + (x * Math.Sqrt(0.5)).Erf()),
            "tanh" => 0.5 * x * (1 + (Math.Sqrt(2 / Math.PI)
                * x * (1 + 0.044715 * x.Square())).Tanh()),
            _ => throw new ArgumentException(
                $"Gelu: approximate is \"none\" or \"tanh\", got \"{approximate}\""),
        };
    }
}
