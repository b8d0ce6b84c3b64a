using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The dimensions that a reduction folds away.</summary>
internal static class Axes
{
    /// <summary>The shape with the given dimensions (none given: all) of size 1.</summary>
    /// <exception cref="ArgumentException">A dimension is named twice.</exception>
    public static Shape Kept(string op, Shape shape, ReadOnlySpan<int> dims)
    {
        var kept = shape.Dims.ToArray();
        if (dims.Length == 0)
        {
            Array.Fill(kept, 1);
            return new Shape(kept);
        }
        Span<bool> seen = stackalloc bool[Shape.MaxRank];
        seen.Clear();
        foreach (var dim in dims)
        {
            var axis = shape.Axis(dim);
            if (seen[axis])
            {
                throw new ArgumentException($"{op}: dimension {dim} is named twice");
            }
            seen[axis] = true;
            kept[axis] = 1;
        }
        return new Shape(kept);
    }

    /// <summary>The shape without the given dimensions (none given: all).</summary>
    public static Shape Dropped(Shape shape, ReadOnlySpan<int> dims)
    {
        if (dims.Length == 0)
        {
            return Shape.Scalar;
        }
        var rest = new List<long>();
        for (var i = 0; i < shape.Rank; i++)
        {
            var reduced = false;
            foreach (var dim in dims)
            {
                reduced |= shape.Axis(dim) == i;
            }
            if (!reduced)
            {
                rest.Add(shape.Dims[i]);
            }
        }
        return new Shape([.. rest]);
    }
}
