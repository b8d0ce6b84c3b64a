using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A random order of 0 … n − 1.</summary>
public sealed record RandPermOp(Shape Shape, DType Type, int Ordinal)
    : RandomOp(Shape, Type, Ordinal)
{
    internal override void Draw(Tensor y, in PhiloxKey key) => y.Device.Permutation(y, key);
}

/// <summary><see cref="RandPermOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class RandPermOps
{
    extension(Tensor)
    {
        /// <summary>The numbers 0 … n − 1 (int64) in random order.</summary>
        /// <exception cref="ArgumentException">n is negative.</exception>
        public static Tensor RandPerm(long n, Generator? generator = null)
        {
            generator ??= Generator.Default;
            return new RandPermOp(new Shape(n), DType.Int64, generator.TakeOrdinal())
                .Apply(generator.State);
        }
    }
}
