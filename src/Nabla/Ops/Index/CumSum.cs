using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Running sums along a dimension: yᵢ = x₀ + … + xᵢ, or from the end.</summary>
/// <param name="Dim">The dimension, not negative.</param>
/// <param name="Reverse">Whether they run from the end: yᵢ = xᵢ + … + xₙ₋₁.</param>
public sealed record CumSumOp(int Dim, bool Reverse = false) : Op
{
    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Scan(x[0], Dim, product: false, Reverse, y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [new CumSumOp(Dim, !Reverse).Apply(b.Grad)];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
}

/// <summary><see cref="CumSumOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class CumSumOps
{
    extension(Tensor x)
    {
        /// <summary>Running sums along a dimension: yᵢ = x₀ + … + xᵢ. Integers and booleans sum to
        /// int64.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor CumSum(int dim) => Scanned(x, dim, (wide, axis) =>
            new CumSumOp(axis).Apply(wide));
    }

    /// <summary>A scan in the type that it computes in; a scalar counts as a vector.</summary>
    internal static Tensor Scanned(Tensor x, int dim, Func<Tensor, int, Tensor> scan)
    {
        var rows = x.Rank == 0 ? x.Reshape(1) : x;
        var axis = rows.Shape.Axis(dim);
        var wide = CastOp.Of(rows, x.DType.IsFloat ? x.DType.Compute : DType.Int64);
        var y = scan(wide, axis).Reshape(x.Shape);
        return x.DType.IsFloat ? CastOp.Of(y, x.DType) : y;
    }
}
