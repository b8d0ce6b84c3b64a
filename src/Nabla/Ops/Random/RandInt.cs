using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Whole numbers evenly distributed in [Low, High).</summary>
public sealed record RandIntOp(long Low, long High, Shape Shape, DType Type, int Ordinal)
    : RandomOp(Shape, Type, Ordinal)
{
    internal override void Draw(Tensor y, in PhiloxKey key) => y.Device.RandInt(y, Low, High, key);
}

/// <summary><see cref="RandIntOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class RandIntOps
{
    extension(Tensor)
    {
        /// <summary>Whole numbers (int64) evenly distributed in [low, high).</summary>
        /// <exception cref="ArgumentException">The range is empty.</exception>
        public static Tensor RandInt(long low, long high, Shape shape, Generator? generator = null)
        {
            if (low >= high)
            {
                throw new ArgumentException($"RandInt: the range [{low}, {high}) is empty");
            }
            generator ??= Generator.Default;
            return new RandIntOp(low, high, shape, DType.Int64, generator.TakeOrdinal())
                .Apply(generator.State);
        }
    }
}
