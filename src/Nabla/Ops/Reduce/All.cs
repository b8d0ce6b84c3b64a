using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y = whether every boolean over the dimensions in which the target has size 1 is true;
/// true over nothing.</summary>
/// <param name="Target">The output's shape: the input's, with reduced sizes 1.</param>
public sealed record AllOp(Shape Target) : Op
{
    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Reduce<ProdFn>(DType.Bool, x[0], y[0]);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(Target, DType.Bool);
}

/// <summary><see cref="AllOp"/> as members of <see cref="Tensor"/>.</summary>
public static class AllOps
{
    extension(Tensor x)
    {
        /// <summary>Whether every element over some dimensions is not 0; true over nothing.
        /// </summary>
        /// <param name="dims">The dimensions; none: all.</param>
        /// <param name="keepDim">Whether they stay, with size 1.</param>
        /// <exception cref="ArgumentException">A dimension is missing or named twice.</exception>
        public Tensor All(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            var y = new AllOp(Axes.Kept("All", x.Shape, dims)).Apply(x.To(DType.Bool));
            return Axes.Fit(y, x.Shape, dims, keepDim);
        }

        /// <summary>Whether every element over one dimension is not 0.</summary>
        public Tensor All(int dim, bool keepDim = false) => x.All([dim], keepDim);

        /// <summary>Whether every element is not 0.</summary>
        public Tensor All() => x.All(default(ReadOnlySpan<int>));
    }
}
