using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The elements start, start + step, … of a dimension: a view.</summary>
/// <param name="Dim">The dimension, not negative.</param>
/// <param name="Start">The first element.</param>
/// <param name="Length">How many.</param>
/// <param name="Step">From one to the next, at least 1.</param>
public sealed record SliceOp(int Dim, long Start, long Length, long Step) : PartOp
{
    /// <inheritdoc/>
    public override Layout Of(Layout whole)
    {
        var strides = whole.Strides.ToArray();
        strides[Dim] *= Step;
        return new Layout(whole.Shape.With(Dim, Length), strides,
            whole.Offset + (Start * whole.Strides[Dim]));
    }
}

/// <summary><see cref="SliceOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SliceOps
{
    extension(Tensor x)
    {
        /// <summary>A view of the elements of a dimension in a range, every step-th of
        /// them.</summary>
        /// <exception cref="ArgumentException">The range leaves the dimension, or the step is below
        /// 1.</exception>
        public Tensor Slice(int dim, Range range, long step = 1)
        {
            var axis = x.Shape.Axis(dim);
            var size = x.Shape.Dims[axis];
            long start = range.Start.IsFromEnd ? size - range.Start.Value : range.Start.Value;
            long end = range.End.IsFromEnd ? size - range.End.Value : range.End.Value;
            if (start < 0 || end < start || end > size)
            {
                throw new ArgumentOutOfRangeException(nameof(range), $"Slice: the range {range} "
                    + $"leaves dimension {dim} of shape {x.Shape}, which has {size} elements");
            }
            if (step < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(step),
                    $"Slice: the step must be at least 1, got {step}; Flip turns a dimension "
                        + "round");
            }
            var length = (end - start + step - 1) / step;
            return new SliceOp(axis, start, length, step).Apply(x);
        }

        /// <summary>A view of <paramref name="length"/> elements of a dimension from
        /// <paramref name="start"/> on.</summary>
        /// <exception cref="ArgumentException">They leave the dimension.</exception>
        public Tensor Narrow(int dim, long start, long length)
        {
            var axis = x.Shape.Axis(dim);
            var size = x.Shape.Dims[axis];
            var first = start < 0 ? start + size : start;
            if (first < 0 || length < 0 || first + length > size)
            {
                throw new ArgumentOutOfRangeException(nameof(start), $"Narrow: {length} elements "
                    + $"from {start} on leave dimension {dim} of shape {x.Shape}, which has "
                    + $"{size}");
            }
            return new SliceOp(axis, first, length, 1).Apply(x);
        }
    }
}
