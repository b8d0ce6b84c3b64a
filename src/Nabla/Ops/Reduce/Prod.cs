using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y = Π x over the dimensions in which the target has size 1; 1 over nothing.</summary>
/// <param name="Target">The output's shape: the input's, with reduced sizes 1.</param>
public sealed record ProdOp(Shape Target) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Reduce<ProdFn>(x[0].DType.Compute, x[0], y[0]);

    /// <summary>
    /// ∂y/∂xᵢ = Π xⱼ over j ≠ i: the product of what is not 0, over xᵢ; one 0 leaves a gradient at
    /// itself only, two leave none.
    /// </summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var x = b.X();
        var isZero = x.Eq(0);
        var others = Tensor.Where(isZero, 1, x);
        var product = new ProdOp(Target).Apply(others);
        var zeros = SumToOp.Of(isZero.To(x.DType), Target);
        var slope = Tensor.Where(isZero,
            Tensor.Where(zeros.Eq(1), product, 0),
            Tensor.Where(zeros.Eq(0), product, 0) / others);
        return [b.Grad * slope];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(Target, x[0].DType);
}

/// <summary><see cref="ProdOp"/> as members of <see cref="Tensor"/>.</summary>
public static class ProdOps
{
    extension(Tensor x)
    {
        /// <summary>Π x over some dimensions, 1 over nothing; integers and booleans give int64.
        /// </summary>
        /// <param name="dims">The dimensions; none: all.</param>
        /// <param name="keepDim">Whether they stay, with size 1.</param>
        /// <exception cref="ArgumentException">A dimension is missing or named twice.</exception>
        public Tensor Prod(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            var wide = x.DType.IsFloat ? x : x.To(DType.Int64);
            var y = new ProdOp(Axes.Kept("Prod", x.Shape, dims)).Apply(wide);
            return Axes.Fit(y, x.Shape, dims, keepDim);
        }

        /// <summary>Π x over one dimension.</summary>
        public Tensor Prod(int dim, bool keepDim = false) => x.Prod([dim], keepDim);

        /// <summary>Π x over everything.</summary>
        public Tensor Prod() => x.Prod(default(ReadOnlySpan<int>));
    }
}
