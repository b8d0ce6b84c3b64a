using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Tensors with one value everywhere.</summary>
public static class Filled
{
    extension(Tensor)
    {
        /// <summary>The value everywhere.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite, and the type
        /// is none of floating point.</exception>
        public static Tensor Full(Shape shape, double value, DType dtype = DType.Float32)
        {
            if (!dtype.IsFloat && dtype != DType.Bool && !double.IsFinite(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value),
                    $"Full: {dtype.Name} holds whole numbers, not {value}");
            }
            return new FullOp(shape, value, dtype).Apply();
        }

        /// <summary>A tensor of zeros.</summary>
        public static Tensor Zeros(params ReadOnlySpan<long> shape) =>
            Tensor.Full(new Shape(shape), 0);

        /// <summary>A tensor of zeros.</summary>
        public static Tensor Zeros(Shape shape, DType dtype = DType.Float32) =>
            Tensor.Full(shape, 0, dtype);

        /// <summary>A tensor of ones.</summary>
        public static Tensor Ones(params ReadOnlySpan<long> shape) =>
            Tensor.Full(new Shape(shape), 1);

        /// <summary>A tensor of ones.</summary>
        public static Tensor Ones(Shape shape, DType dtype = DType.Float32) =>
            Tensor.Full(shape, 1, dtype);

        /// <summary>Zeros of another tensor's shape and type.</summary>
        public static Tensor ZerosLike(Tensor x) => Tensor.Full(x.Shape, 0, x.DType);

        /// <summary>Ones of another tensor's shape and type.</summary>
        public static Tensor OnesLike(Tensor x) => Tensor.Full(x.Shape, 1, x.DType);

        /// <summary>The value everywhere, in another tensor's shape and type.</summary>
        public static Tensor FullLike(Tensor x, double value) =>
            Tensor.Full(x.Shape, value, x.DType);
    }
}
