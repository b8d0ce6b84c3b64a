using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Dimensions of size 1 put in and taken out, as members of
/// <see cref="Tensor"/>.</summary>
public static class SqueezeOps
{
    extension(Tensor x)
    {
        /// <summary>A view with a dimension of size 1 put before <paramref name="dim"/>.</summary>
        /// <exception cref="ArgumentException">There is no such place.</exception>
        public Tensor Unsqueeze(int dim) => x.Reshape(x.Shape.Insert(dim, 1));

        /// <summary>A view without a dimension, if its size is 1; else x.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor Squeeze(int dim) =>
            x.Shape[dim] == 1 ? x.Reshape(x.Shape.Without(dim)) : x;

        /// <summary>A view without all dimensions of size 1.</summary>
        public Tensor Squeeze() => x.Reshape(new Shape([.. x.Shape.Where(d => d != 1)]));
    }
}
