using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y = x − max x − log Σ exp(x − max x) along an axis.</summary>
/// <param name="Axis">The dimension, counted from the first.</param>
public sealed record LogSoftmaxOp(int Axis) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Softmax(x[0], y[0], Axis, log: true);

    /// <summary>∂x = ∂y − exp(y) · Σ ∂y.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var (y, gy) = (b.Y(), b.Grad);
        return GradMode.IsEnabled
            ? [gy - (y.Exp() * gy.Sum(Axis, keepDim: true))]
            : [new SoftmaxBackwardOp(Axis, Log: true).Apply(gy, y)];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("LogSoftmax", x);
        return TensorSpec.Of(x[0]);
    }
}

/// <summary><see cref="LogSoftmaxOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LogSoftmaxOps
{
    extension(Tensor x)
    {
        /// <summary>log(exp(x) / Σ exp(x)) along a dimension, without overflow.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public Tensor LogSoftmax(int dim = -1) =>
            Elementwise.FloatUnary(new LogSoftmaxOp(x.Shape.Axis(dim)), x);
    }
}
