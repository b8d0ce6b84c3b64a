using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Joining in rows as a member of <see cref="Tensor"/>.</summary>
public static class VStackOps
{
    extension(Tensor)
    {
        /// <summary>Tensors joined along the first dimension, vectors as rows.</summary>
        /// <exception cref="ArgumentException">There is no tensor, or the shapes do not fit.
        /// </exception>
        public static Tensor VStack(params ReadOnlySpan<Tensor> tensors)
        {
            var rows = new Tensor[tensors.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = tensors[i].Rank < 2 ? tensors[i].Reshape(1, -1) : tensors[i];
            }
            return Tensor.Cat(rows, 0);
        }
    }
}
