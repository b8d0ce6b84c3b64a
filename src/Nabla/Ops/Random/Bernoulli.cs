using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 with probability P, else 0.</summary>
public sealed record BernoulliOp(double P, Shape Shape, DType Type, int Ordinal)
    : RandomOp(Shape, Type, Ordinal)
{
    internal override void Draw(Tensor y, in PhiloxKey key) => y.Device.Bernoulli(y, P, key);
}

/// <summary><see cref="BernoulliOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class BernoulliOps
{
    extension(Tensor)
    {
        /// <summary>1 with probability p, else 0.</summary>
        /// <exception cref="ArgumentOutOfRangeException">p is not in [0, 1].</exception>
        public static Tensor Bernoulli(Shape shape, double p, DType dtype = DType.Float32,
            Generator? generator = null)
        {
            Require.Share("Bernoulli", p);
            generator ??= Generator.Default;
            return new BernoulliOp(p, shape, dtype, generator.TakeOrdinal())
                .Apply(generator.State);
        }
    }
}
