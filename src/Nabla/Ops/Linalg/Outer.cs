using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The outer product of vectors as a member of <see cref="Tensor"/>.</summary>
public static class OuterOps
{
    extension(Tensor x)
    {
        /// <summary>xᵢ·yⱼ of vectors (M,) and (N,): (M, N).</summary>
        /// <exception cref="ArgumentException">The shapes are others.</exception>
        public Tensor Outer(Tensor y) => x.Rank == 1 && y.Rank == 1
            ? x.Unsqueeze(1) * y
            : throw new ArgumentException(
                $"Outer expects (M,) and (N,) but got {x.Shape} and {y.Shape}; flatten first?");
    }
}
