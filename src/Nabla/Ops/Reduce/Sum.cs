using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Sums as members of <see cref="Tensor"/>.</summary>
public static class SumOps
{
    extension(Tensor x)
    {
        /// <summary>Σ x over some dimensions; integers and booleans sum to int64.</summary>
        /// <param name="dims">The dimensions; none: all.</param>
        /// <param name="keepDim">Whether they stay, with size 1.</param>
        /// <exception cref="ArgumentException">A dimension is missing or named twice.</exception>
        public Tensor Sum(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            var kept = Axes.Kept("Sum", x.Shape, dims);
            var wide = x.DType.IsFloat ? x : CastOp.Of(x, DType.Int64);
            var y = SumToOp.Of(wide, kept);
            return keepDim ? y : y.Reshape(Axes.Dropped(x.Shape, dims));
        }

        /// <summary>Σ x over one dimension.</summary>
        public Tensor Sum(int dim, bool keepDim = false) => x.Sum([dim], keepDim);

        /// <summary>Σ x over everything.</summary>
        public Tensor Sum() => x.Sum(default(ReadOnlySpan<int>));
    }
}
