using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Running products along a dimension: yᵢ = x₀ · … · xᵢ.</summary>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record CumProdOp(int Dim) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.All;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Scan(x[0], Dim, product: true, reverse: false, y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        // gxⱼ = Σᵢ≥ⱼ gᵢ · (yᵢ without its factor xⱼ). That is yᵢ / xⱼ but at a zero: there it is
        // the product with a one in its place if it is the first zero, and 0 if an earlier one
        // remains.
        var x = b.X();
        var zero = x.Eq(0);
        var first = zero & zero.CumSum(Dim).Eq(1);
        var others = Apply(Tensor.Where(first, 1, x));
        var divided = Sums(b.Grad * b.Y()) / Tensor.Where(zero, 1, x);
        return
        [
            Tensor.Where(first, Sums(b.Grad * others), Tensor.Where(zero, 0, divided)),
        ];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);

    private Tensor Sums(Tensor x) => new CumSumOp(Dim, Reverse: true).Apply(x);
}

/// <summary><see cref="CumProdOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class CumProdOps
{
    extension(Tensor x)
    {
        /// <summary>Running products along a dimension: yᵢ = x₀ · … · xᵢ. Integers and booleans
        /// multiply to int64.</summary>
        /// <exception cref="ArgumentException">There is no such dimension.</exception>
        public Tensor CumProd(int dim) => CumSumOps.Scanned(x, dim, (wide, axis) =>
            new CumProdOp(axis).Apply(wide));
    }
}
