using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary><see cref="Expand"/> as a member of <see cref="Tensor"/>.</summary>
public static class ExpandOps
{
    extension(Tensor x)
    {
        /// <summary>A view with a larger shape, in which dimensions of size 1 repeat.</summary>
        /// <param name="shape">The sizes; −1 keeps one.</param>
        /// <exception cref="ArgumentException">x does not broadcast to the shape.</exception>
        public Tensor Expand(params ReadOnlySpan<long> shape)
        {
            var dims = shape.ToArray();
            for (var i = 0; i < dims.Length; i++)
            {
                var from = i - (dims.Length - x.Rank);
                dims[i] = dims[i] == -1 && from >= 0 ? x.Shape.Dims[from] : dims[i];
            }
            return x.BroadcastTo(new Shape(dims));
        }

        /// <summary>A view with a larger shape, in which dimensions of size 1 repeat.</summary>
        /// <exception cref="ArgumentException">x does not broadcast to the shape.</exception>
        public Tensor BroadcastTo(Shape shape) =>
            x.Shape == shape ? x : new ExpandOp(shape).Apply(x);
    }
}
