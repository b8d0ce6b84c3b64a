using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>What the ops that take indices share.</summary>
internal static class Indices
{
    /// <summary>Indices as int64.</summary>
    /// <exception cref="ArgumentException">They are no integers.</exception>
    public static Tensor Of(string op, Tensor index) => index.DType.IsInteger
        ? CastOp.Of(index, DType.Int64)
        : throw new ArgumentException($"{op}: indices are integers, got {index.DType.Name}; "
            + "convert with To(DType.Int64)");

    /// <summary>Indices as int64, which must be a vector.</summary>
    /// <exception cref="ArgumentException">They are no integers, or no vector.</exception>
    public static Tensor Vector(string op, Tensor index) => index.Rank == 1
        ? Of(op, index)
        : throw new ArgumentException($"{op}: the indices must be a vector, got shape "
            + $"{index.Shape}; flatten them first?");

    /// <summary>One 0 seen as a tensor, for ops that write a copy of it: theirs is all that is
    /// written.</summary>
    public static Tensor Zeros(Shape shape, DType type) =>
        new FullOp(Shape.Scalar, 0, type).Apply().BroadcastTo(shape);

    /// <summary>A tensor in the type that its elements are added in: 16-bit floats as float32.
    /// </summary>
    /// <exception cref="ArgumentException">They are booleans.</exception>
    public static Tensor Summable(string op, Tensor x) => x.DType != DType.Bool
        ? CastOp.Of(x, x.DType.Compute)
        : throw new ArgumentException(
            $"{op} adds numbers, got bool; convert with To(DType.Int64)");
}
