using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Means as members of <see cref="Tensor"/>.</summary>
public static class MeanOps
{
    extension(Tensor x)
    {
        /// <summary>Σ x / n over some dimensions (none given: all).</summary>
        /// <exception cref="ArgumentException">The elements are integers.</exception>
        public Tensor Mean(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            if (!x.DType.IsFloat)
            {
                throw new ArgumentException(
                    $"Mean: the elements are {x.DType}; convert with Float() first");
            }
            var sum = x.Sum(dims, keepDim);
            return sum * (1.0 * sum.Count / x.Count);
        }

        /// <summary>Σ x / n over one dimension.</summary>
        public Tensor Mean(int dim, bool keepDim = false) => x.Mean([dim], keepDim);

        /// <summary>Σ x / n over everything.</summary>
        public Tensor Mean() => x.Mean(default(ReadOnlySpan<int>));
    }
}
