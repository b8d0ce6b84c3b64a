using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A sum with products of batches of matrices as a member of <see cref="Tensor"/>.
/// </summary>
public static class BaddbmmOps
{
    extension(Tensor x)
    {
        /// <summary>β x + α a·b of a (B, M, N) and b (B, N, P), to whose product (B, M, P) x
        /// broadcasts; for β = 0 x counts as zeros, NaN too.</summary>
        /// <exception cref="ArgumentException">The shapes do not fit.</exception>
        public Tensor Baddbmm(Tensor a, Tensor b, double beta = 1, double alpha = 1)
        {
            var product = a.Bmm(b);
            if (!x.Shape.ExpandsTo(product.Shape))
            {
                throw new ArgumentException($"Baddbmm: the shape {x.Shape} does not broadcast to "
                    + $"the product's {product.Shape}");
            }
            var scaled = alpha == 1 ? product : product * alpha;
            return beta == 0 ? scaled : (beta == 1 ? x : x * beta) + scaled;
        }
    }
}
