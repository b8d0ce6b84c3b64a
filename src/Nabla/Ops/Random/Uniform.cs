using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Numbers evenly distributed in [0, 1).</summary>
public sealed record UniformOp(Shape Shape, DType Type, int Ordinal)
    : RandomOp(Shape, Type, Ordinal)
{
    internal override void Draw(Tensor y, in PhiloxKey key) => y.Device.Uniform(y, key);
}

/// <summary><see cref="UniformOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class UniformOps
{
    extension(Tensor)
    {
        /// <summary>Numbers evenly distributed in [0, 1).</summary>
        /// <exception cref="ArgumentException">The type is no float.</exception>
        public static Tensor Rand(Shape shape, DType dtype = DType.Float32,
            Generator? generator = null)
        {
            var drawn = RandomOp.DrawnType("Rand", dtype);
            generator ??= Generator.Default;
            return new UniformOp(shape, drawn, generator.TakeOrdinal())
                .Apply(generator.State).To(dtype);
        }

        /// <summary>Numbers evenly distributed in [0, 1).</summary>
        public static Tensor Rand(params ReadOnlySpan<long> shape) => Tensor.Rand(new Shape(shape));

        /// <summary>Evenly distributed numbers in another tensor's shape and type.</summary>
        public static Tensor RandLike(Tensor x, Generator? generator = null) =>
            Tensor.Rand(x.Shape, x.DType, generator);

        /// <summary>Numbers evenly distributed in [low, high).</summary>
        /// <exception cref="ArgumentException">low exceeds high, or is not finite.</exception>
        public static Tensor Uniform(double low, double high, Shape shape,
            DType dtype = DType.Float32, Generator? generator = null)
        {
            Check(low, high);
            return Tensor.Rand(shape, dtype, generator) * (high - low) + low;
        }
    }

    internal static void Check(double low, double high)
    {
        Require.Finite("Uniform", low);
        Require.Finite("Uniform", high);
        if (low > high)
        {
            throw new ArgumentException($"Uniform: the range [{low}, {high}) is empty");
        }
    }
}
