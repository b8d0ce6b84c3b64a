using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The leaky rectifier as a member of <see cref="Tensor"/>.</summary>
public static class LeakyReluOps
{
    extension(Tensor x)
    {
        /// <summary>x where x &gt; 0, else slope · x; elementwise.</summary>
        /// <remarks>Source: Maas, Hannun and Ng (2013), section 2.</remarks>
        /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
        public Tensor LeakyRelu(double negativeSlope = 0.01)
        {
            Require.Finite("LeakyRelu", negativeSlope);
            return Tensor.Where(x > 0, x, x * negativeSlope);
        }
    }
}
