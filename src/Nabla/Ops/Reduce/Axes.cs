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
        if (dims.Length == 0 || IsScalar(shape, dims))
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

    /// <summary>The reduced shape, if each of its elements is chosen from at least one.</summary>
    /// <exception cref="ArgumentException">Some are chosen from nothing.</exception>
    public static Shape NotEmpty(string op, Shape shape, Shape target) =>
        shape.Count == 0 && target.Count > 0
            ? throw new ArgumentException($"{op}: the shape {shape} has no element to choose; "
                + "reduce over dimensions that are not empty")
            : target;

    /// <summary>y without the dimensions that were reduced, unless they are to be kept.</summary>
    public static Tensor Fit(Tensor y, Shape shape, ReadOnlySpan<int> dims, bool keepDim) =>
        keepDim ? y : y.Reshape(Dropped(shape, dims));

    /// <summary>Checks that the elements are floating point.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public static void CheckFloat(string op, Tensor x)
    {
        if (!x.DType.IsFloat)
        {
            throw new ArgumentException($"{op}: the elements are {x.DType.Name}, but must be "
                + "floating point; convert with Float() first");
        }
    }

    /// <summary>√x with the gradient 0 where x is 0, as PyTorch has it for norms.</summary>
    public static Tensor SafeSqrt(Tensor x)
    {
        var zero = x.Eq(0);
        return Tensor.Where(zero, 0, Tensor.Where(zero, 1, x).Sqrt());
    }

    /// <summary>How many elements are folded into one.</summary>
    public static long Folded(Shape shape, Shape target)
    {
        var n = 1L;
        for (var i = 0; i < shape.Rank; i++)
        {
            n *= target.Dims[i] == 1 ? shape.Dims[i] : 1;
        }
        return n;
    }

    /// <summary>The shape without the given dimensions (none given: all).</summary>
    public static Shape Dropped(Shape shape, ReadOnlySpan<int> dims)
    {
        if (dims.Length == 0 || IsScalar(shape, dims))
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

    /// <summary>A tensor without dimensions passes as one of a single dimension, as in PyTorch.
    /// </summary>
    private static bool IsScalar(Shape shape, ReadOnlySpan<int> dims) =>
        shape.Rank == 0 && dims is [0 or -1];
}
