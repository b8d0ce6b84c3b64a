using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Type conversions as members of <see cref="Tensor"/>.</summary>
public static class ToOps
{
    extension(Tensor x)
    {
        /// <summary>x in another element type; itself when it has it.</summary>
        public Tensor To(DType type) => Cast.Of(x, type);

        /// <summary>x in float32.</summary>
        public Tensor Float() => Cast.Of(x, DType.Float32);

        /// <summary>x in float64.</summary>
        public Tensor Double() => Cast.Of(x, DType.Float64);

        /// <summary>x in float16.</summary>
        public Tensor Half() => Cast.Of(x, DType.Float16);

        /// <summary>x in bfloat16.</summary>
        public Tensor BFloat16() => Cast.Of(x, DType.BFloat16);

        /// <summary>x in int64; fractions are cut off.</summary>
        public Tensor Long() => Cast.Of(x, DType.Int64);

        /// <summary>x in int32; fractions are cut off.</summary>
        public Tensor Int() => Cast.Of(x, DType.Int32);

        /// <summary>x in uint8; fractions are cut off.</summary>
        public Tensor Byte() => Cast.Of(x, DType.UInt8);

        /// <summary>Whether x ≠ 0 (NaN is not).</summary>
        public Tensor Bool() => Cast.Of(x, DType.Bool);
    }
}
