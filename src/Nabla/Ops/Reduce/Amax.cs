using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The largest element over the dimensions in which the target has size 1; NaN wins.
/// Ties share the gradient.</summary>
/// <param name="Target">The output's shape: the input's, with reduced sizes 1.</param>
public sealed record AmaxOp(Shape Target) : Op, IFusableFold
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.All;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Reduce<MaxFn>(x[0].DType.Compute, x[0], y[0]);

    void IFusableFold.ForwardFused(FusedProgram program, Shape shape, ReadOnlySpan<Tensor> x,
        ReadOnlySpan<Tensor> y) => y[0].Device.FusedReduce<MaxFn>(program, shape, x, y);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var winners = b.X().Eq(b.Y()).To(b.Grad.DType);
        return [b.Grad * winners / SumToOp.Of(winners, Target)];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(Axes.NotEmpty("Amax", x[0].Shape, Target), x[0].DType);
}

/// <summary><see cref="AmaxOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class AmaxOps
{
    extension(Tensor x)
    {
        /// <summary>The largest element over some dimensions (none given: all).</summary>
        public Tensor Amax(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            var y = new AmaxOp(Axes.Kept("Amax", x.Shape, dims)).Apply(x);
            return keepDim ? y : y.Reshape(Axes.Dropped(x.Shape, dims));
        }

        /// <summary>The largest element over one dimension.</summary>
        public Tensor Amax(int dim, bool keepDim = false) => x.Amax([dim], keepDim);

        /// <summary>The largest element of all.</summary>
        public Tensor Amax() => x.Amax(default(ReadOnlySpan<int>));
    }
}
