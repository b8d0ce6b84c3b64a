using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Elements by a mask, as a member of <see cref="Tensor"/>.</summary>
public static class MaskedSelectOps
{
    extension(Tensor x)
    {
        /// <summary>The elements of x at which a mask holds, row-major, as a vector; x and the mask
        /// broadcast.</summary>
        /// <exception cref="ArgumentException">The mask is not boolean, or does not broadcast.
        /// </exception>
        /// <exception cref="GraphBreakException">In a step that is being captured: how many there
        /// are depends on the values.</exception>
        public Tensor MaskedSelect(Tensor mask)
        {
            if (mask.DType != DType.Bool)
            {
                throw new ArgumentException($"MaskedSelect: the mask must be bool, got "
                    + $"{mask.DType.Name}; compare first, e.g. x > 0");
            }
            var shape = Shape.Broadcast(x.Shape, mask.Shape, "MaskedSelect");
            var places = mask.BroadcastTo(shape).Flatten().NonZero().Flatten();
            return x.BroadcastTo(shape).Flatten().IndexSelect(0, places);
        }
    }
}
