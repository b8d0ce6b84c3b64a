using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Counts of whole numbers as a member of <see cref="Tensor"/>.</summary>
public static class BinCountOps
{
    extension(Tensor x)
    {
        /// <summary>How often each of 0, 1, … occurs in a vector of integers x (N), or the sum of
        /// its weights (N): shape (max(max x + 1, minLength)).</summary>
        /// <param name="weights">What each element counts; if left out, 1 (and int64).</param>
        /// <param name="minLength">The least number of bins.</param>
        /// <exception cref="ArgumentException">x is no vector of integers ≥ 0, the weights have
        /// another shape, or the least number is negative.</exception>
        /// <exception cref="GraphBreakException">In a step that is being captured: how many bins
        /// there are depends on the values.</exception>
        public Tensor BinCount(Tensor? weights = null, long minLength = 0)
        {
            if (x.Rank != 1 || !x.DType.IsInteger)
            {
                throw new ArgumentException($"BinCount: expects a vector of integers but got "
                    + $"{x.DType.Name} of shape {x.Shape}");
            }
            if (weights is not null && weights.Shape != x.Shape)
            {
                throw new ArgumentException($"BinCount: weights of shape {weights.Shape} do not "
                    + $"fit {x.Shape}; give one for each element");
            }
            Require.AtLeast("BinCount", minLength, 0);
            if (Tracer.Current is not null)
            {
                throw new GraphBreakException("BinCount has as many bins as the values ask for; a "
                    + "captured step needs shapes that stay, e.g. ScatterAdd into Zeros(n)");
            }
            var bins = minLength;
            if (x.Count > 0)
            {
                var least = x.Amin().Item<long>();
                bins = least >= 0 ? Math.Max(bins, x.Amax().Item<long>() + 1)
                    : throw new ArgumentException($"BinCount: counts integers ≥ 0 but got {least}");
            }
            var summed = weights ?? Tensor.Ones(x.Shape, DType.Int64);
            return Tensor.Zeros(new Shape(bins), summed.DType).IndexAdd(0, x, summed);
        }
    }
}
