using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A contiguous tensor's elements with another shape.</summary>
/// <param name="Target">The new shape, of as many elements.</param>
public sealed record ReshapeOp(Shape Target) : ViewOp
{
    /// <inheritdoc/>
    public override Layout View(Tensor x)
    {
        if (Target.Count != x.Count)
        {
            throw new ArgumentException($"Reshape: the shape {x.Shape} has {x.Count} elements, "
                + $"but {Target} has {Target.Count}");
        }
        return new Layout(Target, Target.ContiguousStrides(), x.Layout.Offset);
    }

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [b.Grad.Reshape(b.InputSpec().Shape)];
}

/// <summary><see cref="ReshapeOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class ReshapeOps
{
    extension(Tensor x)
    {
        /// <summary>The same elements with another shape: a view where x is contiguous, else a
        /// copy.</summary>
        /// <param name="shape">The new sizes; one may be −1, which is worked out.</param>
        /// <exception cref="ArgumentException">The number of elements differs.</exception>
        public Tensor Reshape(params ReadOnlySpan<long> shape)
        {
            var unknown = shape.IndexOf(-1);
            if (unknown < 0)
            {
                return x.Reshape(new Shape(shape));
            }
            var dims = shape.ToArray();
            dims[unknown] = 1;
            var rest = new Shape(dims).Count;
            if (rest == 0 || x.Count % rest != 0)
            {
                throw new ArgumentException($"Reshape: {x.Count} elements of shape {x.Shape} do "
                    + $"not divide into ({string.Join(", ", shape.ToArray())})");
            }
            dims[unknown] = x.Count / rest;
            return x.Reshape(new Shape(dims));
        }

        /// <summary>The same elements with another shape.</summary>
        public Tensor Reshape(Shape shape) =>
            x.Shape == shape ? x : new ReshapeOp(shape).Apply(Dense.Of(x));

        /// <summary>Merges the dimensions from one to another into one.</summary>
        public Tensor Flatten(int from = 0, int to = -1)
        {
            if (x.Rank == 0)
            {
                return x.Reshape(1);
            }
            int first = x.Shape.Axis(from), last = x.Shape.Axis(to);
            if (first > last)
            {
                throw new ArgumentException($"Flatten: dimension {from} comes after {to}");
            }
            var merged = 1L;
            for (var i = first; i <= last; i++)
            {
                merged *= x.Shape.Dims[i];
            }
            return x.Reshape(new Shape(
                [.. x.Shape.Dims[..first], merged, .. x.Shape.Dims[(last + 1)..]]));
        }

        /// <summary>x with its elements in row-major order: itself, or a copy.</summary>
        public Tensor Contiguous() => Dense.Of(x);

        /// <summary>A copy with memory of its own.</summary>
        public Tensor Clone() => Dense.Instance.Apply(x);

        /// <summary>x with a dimension of size 1 put in.</summary>
        public Tensor Unsqueeze(int dim) => x.Reshape(x.Shape.Insert(dim, 1));

        /// <summary>x without a dimension, if its size is 1.</summary>
        public Tensor Squeeze(int dim) => x.Shape[dim] == 1 ? x.Reshape(x.Shape.Without(dim)) : x;

        /// <summary>x without all dimensions of size 1.</summary>
        public Tensor Squeeze() => x.Reshape(new Shape([.. x.Shape.Where(d => d != 1)]));

        /// <summary>A view with another shape, in which sizes of 1 repeat; −1 keeps a
        /// size.</summary>
        public Tensor Expand(params ReadOnlySpan<long> shape)
        {
            var dims = shape.ToArray();
            for (var i = 0; i < dims.Length; i++)
            {
                var from = i - (dims.Length - x.Rank);
                dims[i] = dims[i] == -1 && from >= 0 ? x.Shape.Dims[from] : dims[i];
            }
            return new Expand(new Shape(dims)).Apply(x);
        }
    }
}
