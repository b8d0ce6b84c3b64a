using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The inner product of vectors as a member of <see cref="Tensor"/>.</summary>
public static class DotOps
{
    extension(Tensor x)
    {
        /// <summary>Σ xᵢ·yᵢ of two vectors (K,), a tensor without dimensions.</summary>
        /// <exception cref="ArgumentException">The shapes are others.</exception>
        public Tensor Dot(Tensor y) => x.Rank == 1 && y.Rank == 1
            ? x.MatMul(y)
            : throw new ArgumentException($"Dot expects (K,) and (K,) but got {x.Shape} and "
                + $"{y.Shape}; MatMul takes all shapes");
    }
}
