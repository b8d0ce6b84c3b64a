using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Dropout as a member of <see cref="Tensor"/>: a composition over a random
/// mask.</summary>
public static class DropoutOps
{
    extension(Tensor x)
    {
        /// <summary>x · m / (1 − p), m = 0 with probability p, else 1; x itself when not training.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">p is not in [0, 1].</exception>
        public Tensor Dropout(double p = 0.5, bool training = true, Generator? generator = null)
        {
            Require.Share("Dropout", p);
            if (!training || p == 0)
            {
                return x;
            }
            return p == 1
                ? x * 0
                : x * Tensor.Bernoulli(x.Shape, 1 - p, x.DType, generator) * (1 / (1 - p));
        }
    }
}
