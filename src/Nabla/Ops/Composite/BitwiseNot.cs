using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The bitwise complement as an operator of <see cref="Tensor"/>.</summary>
public static class BitwiseNotOps
{
    extension(Tensor)
    {
        /// <summary>All bits of x inverted; of booleans, the logical not. Elementwise.</summary>
        /// <exception cref="ArgumentException">x is floating point.</exception>
        public static Tensor operator ~(Tensor x) => x.DType switch
        {
            DType.Bool => x.LogicalNot(),
            { IsFloat: true } => throw new ArgumentException(
                $"~: works on the bits of integers and booleans, got {x.DType.Name}"),
            // Two's complement: ~x = −x − 1.
            _ => -x - 1,
        };
    }

    extension(Tensor x)
    {
        /// <summary>All bits of x inverted; of booleans, the logical not. Elementwise.</summary>
        /// <exception cref="ArgumentException">x is floating point.</exception>
        public Tensor BitwiseNot() => ~x;
    }
}
