using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Products of batches of matrices as a member of <see cref="Tensor"/>.</summary>
public static class BmmOps
{
    extension(Tensor x)
    {
        /// <summary>The products of B pairs of matrices (B, M, K) and (B, K, N): (B, M,
        /// N).</summary>
        /// <exception cref="ArgumentException">The shapes are others; nothing is broadcast.
        /// </exception>
        public Tensor Bmm(Tensor y) => x.Rank == 3 && y.Rank == 3 && x.Shape[0] == y.Shape[0]
            ? x.MatMul(y)
            : throw new ArgumentException($"Bmm expects (B, M, K) and (B, K, N) but got {x.Shape} "
                + $"and {y.Shape}; MatMul broadcasts");
    }
}
