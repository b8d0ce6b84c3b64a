using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Masked replacement as a member of <see cref="Tensor"/>.</summary>
public static class MaskedFillOps
{
    extension(Tensor x)
    {
        /// <summary>The value where the mask holds, else x; both broadcast to x.</summary>
        /// <param name="mask">A boolean tensor.</param>
        /// <param name="value">A number or a tensor without dimensions.</param>
        /// <exception cref="ArgumentException">The mask is not boolean, or the value has dimensions
        /// or a kind of number that x cannot hold.</exception>
        public Tensor MaskedFill(Tensor mask, Tensor value)
        {
            if (value.Rank > 0)
            {
                throw new ArgumentException($"MaskedFill: the value is one number, got shape "
                    + $"{value.Shape}; use Tensor.Where");
            }
            if (Promotion.ResultType(x, value) is var type && type != x.DType)
            {
                throw new ArgumentException($"MaskedFill: a tensor of {x.DType.Name} cannot hold a "
                    + $"value of {value.DType.Name}; convert with To first");
            }
            return Tensor.Where(mask, value, x);
        }
    }
}
