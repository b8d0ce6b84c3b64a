using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Numbers of the standard normal distribution (Box and Muller 1958).</summary>
public sealed record NormalOp(Shape Shape, DType Type, int Ordinal)
    : RandomOp(Shape, Type, Ordinal)
{
    internal override void Draw(Tensor y, in PhiloxKey key) => y.Device.Normal(y, key);
}

/// <summary><see cref="NormalOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class NormalOps
{
    extension(Tensor)
    {
        /// <summary>Numbers of the standard normal distribution.</summary>
        public static Tensor Randn(Shape shape, DType dtype = DType.Float32,
            Generator? generator = null)
        {
            generator ??= Generator.Default;
            return new NormalOp(shape, dtype, generator.TakeOrdinal()).Apply(generator.State);
        }

        /// <summary>Numbers of the standard normal distribution.</summary>
        public static Tensor Randn(params ReadOnlySpan<long> shape) =>
            Tensor.Randn(new Shape(shape));
    }
}
