using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A view of the same elements with another shape.</summary>
/// <param name="Target">The new shape, of as many elements.</param>
public sealed record ReshapeOp(Shape Target) : ViewOp
{
    /// <inheritdoc/>
    public override Layout View(Tensor x) => new(
        Target,
        StridesOf(x.Layout, Target) ?? throw new ArgumentException($"View: a tensor of shape "
            + $"{x.Shape} with strides ({string.Join(", ", x.Strides.ToArray())}) is no view of "
            + $"shape {Target}; Reshape copies where it must"),
        x.Layout.Offset);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad.Reshape(b.InputSpec().Shape)];

    /// <summary>The strides that show a layout's elements, in order, with another shape of as many;
    /// null if no strides do.</summary>
    internal static long[]? StridesOf(in Layout layout, Shape target)
    {
        if (layout.IsContiguous || layout.Shape.Count == 0)
        {
            return target.ContiguousStrides();
        }
        // Neighbours that step as one dimension make a run; a new dimension must not cross its end.
        Span<(long Size, long Step)> runs = stackalloc (long, long)[Shape.MaxRank];
        var count = Runs(layout, runs);
        var strides = new long[target.Rank];
        var (run, left, step) = (0, runs[0].Size, runs[0].Step);
        for (var i = target.Rank - 1; i >= 0; i--)
        {
            var size = target.Dims[i];
            if (size != 1 && left == 1 && ++run < count)
            {
                (left, step) = runs[run];
            }
            if (left % size != 0)
            {
                return null;
            }
            strides[i] = step;
            left /= size;
            step *= size;
        }
        return strides;
    }

    private static int Runs(in Layout layout, Span<(long Size, long Step)> runs)
    {
        var dims = layout.Shape.Dims;
        var count = 0;
        for (var i = dims.Length - 1; i >= 0; i--)
        {
            if (dims[i] == 1)
            {
                continue;
            }
            if (count > 0 && layout.Strides[i] == runs[count - 1].Size * runs[count - 1].Step)
            {
                runs[count - 1].Size *= dims[i];
            }
            else
            {
                runs[count++] = (dims[i], layout.Strides[i]);
            }
        }
        return count;
    }
}

/// <summary><see cref="ReshapeOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ReshapeOps
{
    extension(Tensor x)
    {
        /// <summary>The same elements with another shape: a view where the strides allow it, else a
        /// copy.</summary>
        /// <param name="shape">The new sizes; one may be −1, which is worked out.</param>
        /// <exception cref="ArgumentException">The number of elements differs.</exception>
        public Tensor Reshape(params ReadOnlySpan<long> shape) =>
            x.Reshape(Target("Reshape", x.Shape, shape));

        /// <summary>The same elements with another shape: a view where the strides allow it, else a
        /// copy.</summary>
        /// <exception cref="ArgumentException">The number of elements differs.</exception>
        public Tensor Reshape(Shape shape)
        {
            if (x.Shape == shape)
            {
                return x;
            }
            CheckCount("Reshape", x.Shape, shape);
            var viewable = x.IsContiguous || ReshapeOp.StridesOf(x.Layout, shape) is not null;
            return new ReshapeOp(shape).Apply(viewable ? x : DenseOp.Instance.Apply(x));
        }

        /// <summary>A view of the same elements with another shape.</summary>
        /// <param name="shape">The new sizes; one may be −1, which is worked out.</param>
        /// <exception cref="ArgumentException">The number of elements differs, or the strides need
        /// a copy.</exception>
        public Tensor View(params ReadOnlySpan<long> shape)
        {
            var target = Target("View", x.Shape, shape);
            CheckCount("View", x.Shape, target);
            return new ReshapeOp(target).Apply(x);
        }
    }

    private static void CheckCount(string op, Shape from, Shape to)
    {
        if (from.Count != to.Count)
        {
            throw new ArgumentException($"{op}: the shape {from} has {from.Count} elements, but "
                + $"{to} has {to.Count}");
        }
    }

    private static Shape Target(string op, Shape from, ReadOnlySpan<long> shape)
    {
        var unknown = shape.IndexOf(-1);
        if (unknown < 0)
        {
            return new Shape(shape);
        }
        var dims = shape.ToArray();
        dims[unknown] = 1;
        if (dims.Contains(-1))
        {
            throw new ArgumentException($"{op}: only one size may be -1, got "
                + $"({string.Join(", ", shape.ToArray())})");
        }
        var rest = new Shape(dims).Count;
        if (rest == 0 || from.Count % rest != 0)
        {
            throw new ArgumentException($"{op}: {from.Count} elements of shape {from} do not "
                + $"divide into ({string.Join(", ", shape.ToArray())})");
        }
        dims[unknown] = from.Count / rest;
        return new Shape(dims);
    }
}
