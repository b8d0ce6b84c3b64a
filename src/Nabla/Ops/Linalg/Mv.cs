using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The product of a matrix and a vector as a member of <see cref="Tensor"/>.</summary>
public static class MvOps
{
    extension(Tensor x)
    {
        /// <summary>The product of a matrix (M, K) and a vector (K,): (M,).</summary>
        /// <exception cref="ArgumentException">The shapes are others.</exception>
        public Tensor Mv(Tensor y) => x.Rank == 2 && y.Rank == 1
            ? x.MatMul(y)
            : throw new ArgumentException($"Mv expects (M, K) and (K,) but got {x.Shape} and "
                + $"{y.Shape}; MatMul takes all shapes");
    }
}
