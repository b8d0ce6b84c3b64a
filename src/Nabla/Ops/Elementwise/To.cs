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

        /// <summary>x in int64.</summary>
        public Tensor Long() => Cast.Of(x, DType.Int64);
    }
}
