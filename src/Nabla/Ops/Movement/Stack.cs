using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Stacking as a member of <see cref="Tensor"/>.</summary>
public static class StackOps
{
    extension(Tensor)
    {
        /// <summary>Tensors of one shape side by side along a new dimension.</summary>
        /// <param name="tensors">At least one.</param>
        /// <param name="dim">Where the new dimension is put.</param>
        /// <exception cref="ArgumentException">There is no tensor, or the shapes
        /// differ.</exception>
        public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int dim = 0)
        {
            if (tensors.Length == 0)
            {
                throw new ArgumentException("Stack needs at least one tensor");
            }
            var parts = new Tensor[tensors.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                if (tensors[i].Shape != tensors[0].Shape)
                {
                    throw new ArgumentException($"Stack: tensor {i} has shape {tensors[i].Shape}, "
                        + $"but tensor 0 has {tensors[0].Shape}; they must be equal");
                }
                parts[i] = tensors[i].Unsqueeze(dim);
            }
            return Tensor.Cat(parts, dim < 0 ? dim + parts[0].Rank : dim);
        }
    }
}
