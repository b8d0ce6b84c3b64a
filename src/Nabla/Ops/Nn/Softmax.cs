using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y = exp(x − max x) / Σ exp(x − max x) along an axis.</summary>
/// <param name="Axis">The dimension, counted from the first.</param>
public sealed record SoftmaxOp(int Axis) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Softmax(x[0], y[0], Axis, log: false);

    /// <summary>∂x = y · (∂y − Σ ∂y·y).</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var (y, gy) = (b.Y(), b.Grad);
        return GradMode.IsEnabled
            ? [y * (gy - (gy * y).Sum(Axis, keepDim: true))]
            : [new SoftmaxBackwardOp(Axis, Log: false).Apply(gy, y)];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("Softmax", x);
        return TensorSpec.Of(x[0]);
    }
}

/// <summary>The gradient of a softmax, or of its logarithm, from gy and the output y.</summary>
/// <param name="Axis">The dimension, counted from the first.</param>
/// <param name="Log">Whether y is the logarithm.</param>
public sealed record SoftmaxBackwardOp(int Axis, bool Log) : Op
{
    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.SoftmaxBackward(x[0], x[1], y[0], Axis, Log);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[1]);
}

/// <summary><see cref="SoftmaxOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SoftmaxOps
{
    extension(Tensor x)
    {
        /// <summary>exp(x) / Σ exp(x) along a dimension, without overflow.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public Tensor Softmax(int dim = -1) =>
            Elementwise.FloatUnary(new SoftmaxOp(x.Shape.Axis(dim)), x);
    }
}
