using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>One element of a dimension, which goes away: a view.</summary>
/// <param name="Dim">The dimension, not negative.</param>
/// <param name="Index">The element, not negative.</param>
public sealed record SelectOp(int Dim, long Index) : PartOp
{
    /// <inheritdoc/>
    public override Layout Of(Layout whole) => new(
        whole.Shape.Without(Dim),
        [.. whole.Strides.AsSpan(0, Dim), .. whole.Strides.AsSpan(Dim + 1)],
        whole.Offset + (Index * whole.Strides[Dim]));
}

/// <summary><see cref="SelectOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SelectOps
{
    extension(Tensor x)
    {
        /// <summary>A view of one element of a dimension, without that dimension; negative indices
        /// count from the end.</summary>
        /// <exception cref="ArgumentException">There is no such element.</exception>
        public Tensor Select(int dim, long index)
        {
            var axis = x.Shape.Axis(dim);
            var size = x.Shape.Dims[axis];
            if (index < -size || index >= size)
            {
                throw new ArgumentOutOfRangeException(nameof(index), $"Select: index {index} "
                    + $"leaves dimension {dim} of shape {x.Shape}, which has {size} elements");
            }
            return new SelectOp(axis, index < 0 ? index + size : index).Apply(x);
        }
    }
}
