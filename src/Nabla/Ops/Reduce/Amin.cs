using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The smallest element over the dimensions in which the target has size 1; NaN wins.
/// Ties share the gradient.</summary>
/// <param name="Target">The output's shape: the input's, with reduced sizes 1.</param>
public sealed record AminOp(Shape Target) : Op, IFusableFold
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.All;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Reduce<MinFn>(x[0].DType.Compute, x[0], y[0]);

    void IFusableFold.ForwardFused(FusedProgram program, Shape shape, ReadOnlySpan<Tensor> x,
        ReadOnlySpan<Tensor> y) => y[0].Device.FusedReduce<MinFn>(program, shape, x, y);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var winners = b.X().Eq(b.Y()).To(b.Grad.DType);
        return [b.Grad * winners / SumToOp.Of(winners, Target)];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(Axes.NotEmpty("Amin", x[0].Shape, Target), x[0].DType);
}

/// <summary><see cref="AminOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class AminOps
{
    extension(Tensor x)
    {
        /// <summary>The smallest element over some dimensions (none given: all).</summary>
        public Tensor Amin(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            var y = new AminOp(Axes.Kept("Amin", x.Shape, dims)).Apply(x);
            return keepDim ? y : y.Reshape(Axes.Dropped(x.Shape, dims));
        }

        /// <summary>The smallest element over one dimension.</summary>
        public Tensor Amin(int dim, bool keepDim = false) => x.Amin([dim], keepDim);

        /// <summary>The smallest element of all.</summary>
        public Tensor Amin() => x.Amin(default(ReadOnlySpan<int>));
    }
}
