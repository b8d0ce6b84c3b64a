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
        public static Tensor Rand(Shape shape, DType dtype = DType.Float32,
            Generator? generator = null)
        {
            generator ??= Generator.Default;
            return new UniformOp(shape, dtype, generator.TakeOrdinal()).Apply(generator.State);
        }

        /// <summary>Numbers evenly distributed in [0, 1).</summary>
        public static Tensor Rand(params ReadOnlySpan<long> shape) => Tensor.Rand(new Shape(shape));
    }
}
