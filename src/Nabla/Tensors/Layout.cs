namespace Nabla.Tensors;

/// <summary>How a tensor's elements lie in its storage: sizes, strides and first element.</summary>
/// <param name="Shape">The sizes.</param>
/// <param name="Strides">Elements to step for one step in each dimension; 0 repeats.</param>
/// <param name="Offset">The first element's place in the storage.</param>
public readonly record struct Layout(Shape Shape, long[] Strides, long Offset)
{
    /// <summary>Row-major from the storage's start.</summary>
    public static Layout Contiguous(Shape shape) => new(shape, shape.ContiguousStrides(), 0);

    /// <summary>Whether elements lie in row-major order without gaps.</summary>
    public bool IsContiguous
    {
        get
        {
            var dims = Shape.Dims;
            var step = 1L;
            for (var i = dims.Length - 1; i >= 0; i--)
            {
                if (dims[i] == 0)
                {
                    return true;
                }
                if (dims[i] != 1 && Strides[i] != step)
                {
                    return false;
                }
                step *= dims[i];
            }
            return true;
        }
    }

    /// <summary>Whether two different indices may name the same element (an expanded
    /// view).</summary>
    public bool Overlaps
    {
        get
        {
            var dims = Shape.Dims;
            for (var i = 0; i < dims.Length; i++)
            {
                if (dims[i] > 1 && Strides[i] == 0)
                {
                    return true;
                }
            }
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Equals(Layout other) => Shape == other.Shape && Offset == other.Offset
        && Strides.AsSpan().SequenceEqual(other.Strides);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape, Offset);
}
