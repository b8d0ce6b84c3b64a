using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Type conversions as members of <see cref="Tensor"/>.</summary>
public static class ToOps
{
    extension(Tensor x)
    {
        /// <summary>x in another element type; itself when it has it.</summary>
        public Tensor To(DType type) => CastOp.Of(x, type);

        /// <summary>x in float32.</summary>
        public Tensor Float() => CastOp.Of(x, DType.Float32);

        /// <summary>x in float64.</summary>
        public Tensor Double() => CastOp.Of(x, DType.Float64);

        /// <summary>x in float16.</summary>
        public Tensor Half() => CastOp.Of(x, DType.Float16);

        /// <summary>x in bfloat16.</summary>
        public Tensor BFloat16() => CastOp.Of(x, DType.BFloat16);

        /// <summary>x in int64; fractions are cut off.</summary>
        public Tensor Long() => CastOp.Of(x, DType.Int64);

        /// <summary>x in int32; fractions are cut off.</summary>
        public Tensor Int() => CastOp.Of(x, DType.Int32);

        /// <summary>x in uint8; fractions are cut off.</summary>
        public Tensor Byte() => CastOp.Of(x, DType.UInt8);

        /// <summary>Whether x ≠ 0 (NaN is not).</summary>
        public Tensor Bool() => CastOp.Of(x, DType.Bool);
    }
}
