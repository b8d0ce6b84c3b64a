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
    public override Tensor?[] Backward(Backprop b) =>
        [GradMode.IsEnabled ? Smooth(b.X(), b.Grad) : Quick(b.X(), b.Y(), b.Grad)];

    /// <summary>
    /// gxⱼ = Σᵢ≥ⱼ gᵢ · (yᵢ without its factor xⱼ). That is yᵢ / xⱼ but at a zero: there it is the
    /// product with a one in its place if it is the first zero, and 0 if an earlier one remains.
    /// </summary>
    private Tensor Quick(Tensor x, Tensor y, Tensor g)
    {
        var zero = x.Eq(0);
        var first = zero & zero.CumSum(Dim).Eq(1);
        var others = Apply(Tensor.Where(first, 1, x));
        var divided = Sums(g * y) / Tensor.Where(zero, 1, x);
        return Tensor.Where(first, Sums(g * others), Tensor.Where(zero, 0, divided));
    }

    /// <summary>The same from all n² products: it can be differentiated again at zeros, too.
    /// </summary>
    private Tensor Smooth(Tensor x, Tensor g)
    {
        var rows = x.MoveDim(Dim, -1).Unsqueeze(-2);
        var itself = Tensor.Eye(x.Shape[Dim]).Eq(1);
        var others = new CumProdOp(x.Rank).Apply(Tensor.Where(itself, 1, rows)).Triu();
        return (others * g.MoveDim(Dim, -1).Unsqueeze(-2)).Sum(-1).MoveDim(-1, Dim);
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
