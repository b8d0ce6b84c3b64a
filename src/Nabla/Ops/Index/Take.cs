using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Elements by their place, as a member of <see cref="Tensor"/>.</summary>
public static class TakeOps
{
    extension(Tensor x)
    {
        /// <summary>The elements of x, counted row-major, that indices of any shape name; negative
        /// ones count from the end.</summary>
        /// <exception cref="ArgumentException">The indices are no integers, or one leaves x.
        /// </exception>
        public Tensor Take(Tensor index)
        {
            var places = new LinearIndexOp(new Shape(x.Count))
                .Apply(Indices.Of("Take", index).Flatten());
            return x.Flatten().IndexSelect(0, places).Reshape(index.Shape);
        }
    }
}
