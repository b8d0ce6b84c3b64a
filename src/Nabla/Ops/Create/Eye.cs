using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Identity matrices as members of <see cref="Tensor"/>.</summary>
public static class EyeOps
{
    extension(Tensor)
    {
        /// <summary>1 on the diagonal, else 0: shape (n, m).</summary>
        /// <param name="n">The number of rows.</param>
        /// <param name="m">The number of columns; if left out, n.</param>
        /// <param name="dtype">The element type.</param>
        /// <exception cref="ArgumentException">A size is negative.</exception>
        public static Tensor Eye(long n, long? m = null, DType dtype = DType.Float32)
        {
            if (n < 0 || m < 0)
            {
                throw new ArgumentException($"Eye: sizes are not negative, got ({n}, {m ?? n})");
            }
            return Tensor.Arange(n).Reshape(n, 1).Eq(Tensor.Arange(m ?? n)).To(dtype);
        }
    }
}
