using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Sums that skip NaN as a member of <see cref="Tensor"/>.</summary>
public static class NanSumOps
{
    extension(Tensor x)
    {
        /// <summary>The sum with NaN counted as 0, along dimensions or (without any) of all.
        /// </summary>
        /// <param name="dims">The dimensions to sum along.</param>
        public Tensor NanSum(params ReadOnlySpan<int> dims)
        {
            var numbers = x.DType.IsFloat ? Tensor.Where(x.IsNan(), 0, x) : x;
            return dims.Length == 0 ? numbers.Sum() : numbers.Sum(dims.ToArray());
        }
    }
}
