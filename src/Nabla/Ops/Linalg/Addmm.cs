using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A sum with a product of matrices as a member of <see cref="Tensor"/>.</summary>
public static class AddmmOps
{
    extension(Tensor x)
    {
        /// <summary>β·x + α·(a·b) of matrices a (M, K) and b (K, N), and an x that broadcasts to
        /// (M, N).</summary>
        /// <param name="a">(M, K).</param>
        /// <param name="b">(K, N).</param>
        /// <param name="beta">β.</param>
        /// <param name="alpha">α.</param>
        /// <exception cref="ArgumentException">The shapes are others.</exception>
        public Tensor Addmm(Tensor a, Tensor b, double beta = 1, double alpha = 1)
        {
            var product = a.Mm(b);
            product = alpha == 1 ? product : product * alpha;
            return beta == 0 ? product : (beta == 1 ? x : x * beta) + product;
        }
    }
}
