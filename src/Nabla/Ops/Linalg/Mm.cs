using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The product of two matrices as a member of <see cref="Tensor"/>.</summary>
public static class MmOps
{
    extension(Tensor x)
    {
        /// <summary>The product of matrices (M, K) and (K, N): (M, N).</summary>
        /// <exception cref="ArgumentException">The shapes are others.</exception>
        public Tensor Mm(Tensor y) => x.Rank == 2 && y.Rank == 2
            ? x.MatMul(y)
            : throw new ArgumentException($"Mm expects (M, K) and (K, N) but got {x.Shape} and "
                + $"{y.Shape}; MatMul takes all shapes");
    }
}
