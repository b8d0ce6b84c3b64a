using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Numbers in place of NaN and infinities as a member of <see cref="Tensor"/>.</summary>
public static class NanToNumOps
{
    extension(Tensor x)
    {
        /// <summary>NaN and infinities replaced by numbers; elementwise.</summary>
        /// <param name="nan">In place of NaN.</param>
        /// <param name="posInf">In place of +∞; null is the type's greatest number.</param>
        /// <param name="negInf">In place of −∞; null is the type's least number.</param>
        public Tensor NanToNum(double nan = 0, double? posInf = null, double? negInf = null)
        {
            if (!x.DType.IsFloat)
            {
                return x;
            }
            var most = x.DType switch
            {
                DType.Float64 => double.MaxValue,
                DType.Float16 => (double)Half.MaxValue,
                DType.BFloat16 => 3.3895313892515355e38,
                _ => float.MaxValue,
            };
            x = Tensor.Where(x.IsNan(), nan, x);
            x = Tensor.Where(x.Eq(double.PositiveInfinity), posInf ?? most, x);
            return Tensor.Where(x.Eq(double.NegativeInfinity), negInf ?? -most, x);
        }
    }
}
