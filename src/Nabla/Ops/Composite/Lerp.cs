using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Linear interpolation as a member of <see cref="Tensor"/>.</summary>
public static class LerpOps
{
    extension(Tensor x)
    {
        /// <summary>x + weight · (end − x), elementwise and broadcast.</summary>
        public Tensor Lerp(Tensor end, Tensor weight) => x + weight * (end - x);
    }
}
