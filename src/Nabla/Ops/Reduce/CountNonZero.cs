using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Counts as a member of <see cref="Tensor"/>.</summary>
public static class CountNonZeroOps
{
    extension(Tensor x)
    {
        /// <summary>How many elements are not zero, along dimensions or (without any) of all;
        /// int64.</summary>
        /// <param name="dims">The dimensions to count along.</param>
        public Tensor CountNonZero(params ReadOnlySpan<int> dims)
        {
            var counts = x.Ne(0).To(DType.Int64);
            return dims.Length == 0 ? counts.Sum() : counts.Sum(dims.ToArray());
        }
    }
}
