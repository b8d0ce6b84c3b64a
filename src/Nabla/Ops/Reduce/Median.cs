using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Medians as members of <see cref="Tensor"/>.</summary>
public static class MedianOps
{
    extension(Tensor x)
    {
        /// <summary>The middle element in order along a dimension (the lower of two) and where it
        /// lies (int64); NaN wins.</summary>
        /// <exception cref="ArgumentException">There is no such dimension, or it is empty.
        /// </exception>
        public (Tensor Values, Tensor Indices) Median(int dim, bool keepDim = false)
        {
            var line = x.Rank == 0 ? x.Reshape(1) : x;
            var axis = line.Shape.Axis(dim);
            var size = line.Shape.Dims[axis];
            if (size == 0)
            {
                throw new ArgumentException($"Median: dimension {dim} of shape {x.Shape} has no "
                    + "element to choose; reduce over dimensions that are not empty");
            }
            var (sorted, places) = line.Sort(axis);
            var values = sorted.Narrow(axis, (size - 1) / 2, 1);
            var indices = places.Narrow(axis, (size - 1) / 2, 1);
            if (x.DType.IsFloat)
            {
                // NaN sorts last: a line that has one ends with it.
                var nan = line.IsNan().Any(axis, keepDim: true);
                values = Tensor.Where(nan, sorted.Narrow(axis, size - 1, 1), values);
                var first = line.IsNan().To(DType.UInt8).ArgMax(axis, keepDim: true);
                indices = Tensor.Where(nan, first, indices);
            }
            var shape = x.Rank == 0 ? Shape.Scalar
                : keepDim ? x.Shape.With(axis, 1) : x.Shape.Without(axis);
            return (values.Reshape(shape), indices.Reshape(shape));
        }

        /// <summary>The middle element of all in order (the lower of two); NaN wins.</summary>
        /// <exception cref="ArgumentException">There is no element.</exception>
        public Tensor Median() => x.Flatten().Median(0).Values;
    }
}
