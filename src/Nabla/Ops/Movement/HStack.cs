using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Joining in columns as a member of <see cref="Tensor"/>.</summary>
public static class HStackOps
{
    extension(Tensor)
    {
        /// <summary>Tensors joined along the second dimension, vectors along their only one.
        /// </summary>
        /// <exception cref="ArgumentException">There is no tensor, or the shapes do not fit.
        /// </exception>
        public static Tensor HStack(params ReadOnlySpan<Tensor> tensors) =>
            Tensor.Cat(tensors, tensors.Length > 0 && tensors[0].Rank < 2 ? 0 : 1);
    }
}
