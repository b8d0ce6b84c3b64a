using Nabla.Autograd;
using Nabla.Kernels.Cpu;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y = whether some boolean over the dimensions in which the target has size 1 is true;
/// false over nothing.</summary>
/// <param name="Target">The output's shape: the input's, with reduced sizes 1.</param>
public sealed record AnyOp(Shape Target) : Op
{
    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Reduce<SumFn>(DType.Bool, x[0], y[0]);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(Target, DType.Bool);
}

/// <summary><see cref="AnyOp"/> as members of <see cref="Tensor"/>.</summary>
public static class AnyOps
{
    extension(Tensor x)
    {
        /// <summary>Whether some element over some dimensions is not 0; false over nothing.
        /// </summary>
        /// <param name="dims">The dimensions; none: all.</param>
        /// <param name="keepDim">Whether they stay, with size 1.</param>
        /// <exception cref="ArgumentException">A dimension is missing or named twice.</exception>
        public Tensor Any(ReadOnlySpan<int> dims, bool keepDim = false)
        {
            var y = new AnyOp(Axes.Kept("Any", x.Shape, dims)).Apply(x.To(DType.Bool));
            return Axes.Fit(y, x.Shape, dims, keepDim);
        }

        /// <summary>Whether some element over one dimension is not 0.</summary>
        public Tensor Any(int dim, bool keepDim = false) => x.Any([dim], keepDim);

        /// <summary>Whether some element is not 0.</summary>
        public Tensor Any() => x.Any(default(ReadOnlySpan<int>));
    }
}
