using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>One-hot vectors as members of <see cref="Tensor"/>.</summary>
public static class OneHotOps
{
    extension(Tensor x)
    {
        /// <summary>y[…, c] = 1 where x[…] = c, else 0; of x (…) shape (…, n) as int64.</summary>
        /// <param name="n">The number of classes.</param>
        /// <exception cref="ArgumentException">x is not an integer, n is not positive, or (outside
        /// of captured steps) a class is not in [0, n).</exception>
        public Tensor OneHot(long n)
        {
            if (!x.DType.IsInteger || n < 1)
            {
                throw new ArgumentException($"OneHot: needs integers and n ≥ 1, got "
                    + $"{x.DType.Name} and n = {n}");
            }
            if (Tracer.Current is null && x.Count > 0
                && (x.Amin().Item<long>() < 0 || x.Amax().Item<long>() >= n))
            {
                throw new ArgumentException($"OneHot: the classes {x.Amin().Item<long>()} … "
                    + $"{x.Amax().Item<long>()} are not all in [0, {n})");
            }
            return x.Unsqueeze(-1).Eq(Tensor.Arange(n)).Long();
        }
    }
}
