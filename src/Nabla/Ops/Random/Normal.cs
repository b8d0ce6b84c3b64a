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
        /// <exception cref="ArgumentException">The type is no float.</exception>
        public static Tensor Randn(Shape shape, DType dtype = DType.Float32,
            Generator? generator = null)
        {
            var drawn = RandomOp.DrawnType("Randn", dtype);
            generator ??= Generator.Default;
            return new NormalOp(shape, drawn, generator.TakeOrdinal())
                .Apply(generator.State).To(dtype);
        }

        /// <summary>Numbers of the standard normal distribution.</summary>
        public static Tensor Randn(params ReadOnlySpan<long> shape) =>
            Tensor.Randn(new Shape(shape));

        /// <summary>Standard normal numbers in another tensor's shape and type.</summary>
        public static Tensor RandnLike(Tensor x, Generator? generator = null) =>
            Tensor.Randn(x.Shape, x.DType, generator);

        /// <summary>Numbers of the normal distribution with a mean and a standard
        /// deviation.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative,
        /// or a number is not finite.</exception>
        public static Tensor Normal(double mean, double std, Shape shape,
            DType dtype = DType.Float32, Generator? generator = null)
        {
            Check(mean, std);
            return Tensor.Randn(shape, dtype, generator) * std + mean;
        }
    }

    internal static void Check(double mean, double std)
    {
        Require.Finite("Normal", mean);
        Require.NotNegative("Normal", std);
    }
}
