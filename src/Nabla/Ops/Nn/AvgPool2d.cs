using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The sum of x (…, H, W) in each window over the window's divisor.</summary>
/// <param name="Geometry">Kernel, stride, padding and rounding.</param>
/// <param name="CountPadding">Whether padding counts in the divisor.</param>
/// <param name="Divisor">The divisor, or 0 for the number of cells.</param>
public sealed record AvgPool2dOp(Pool2dGeometry Geometry, bool CountPadding, int Divisor) : Op
{
    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.AvgPool2d(x[0], y[0], Geometry, CountPadding, Divisor);

    /// <summary>∂x = each ∂y over its divisor, at all cells of its window.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var x = b.InputSpec().Shape;
        return [new AvgPool2dBackwardOp(this, x).Apply(b.Grad)];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("AvgPool2d", x);
        return new TensorSpec(Geometry.Output("AvgPool2d", x[0].Shape), x[0].DType);
    }
}

/// <summary>The gradient of average pooling: linear, so its own gradient is the pooling.</summary>
/// <param name="Pool">The forward.</param>
/// <param name="Input">The forward's input shape.</param>
public sealed record AvgPool2dBackwardOp(AvgPool2dOp Pool, Shape Input) : Op
{
    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => x[0].Device
        .AvgPool2dBackward(x[0], y[0], Pool.Geometry, Pool.CountPadding, Pool.Divisor);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Pool.Apply(b.Grad)];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(Input, x[0].DType);
}

/// <summary><see cref="AvgPool2dOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class AvgPool2dOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The mean of (…, H, W) in windows, as <c>torch.nn.functional.avg_pool2d</c>; the stride
        /// is the kernel's size unless given.
        /// </summary>
        /// <exception cref="ArgumentException">Shapes or settings do not fit.</exception>
        public Tensor AvgPool2d(Size2d kernel, Size2d? stride = null, Size2d? padding = null,
            bool ceilMode = false, bool countIncludePad = true, int divisorOverride = 0) =>
            new AvgPool2dOp(
                new Pool2dGeometry(kernel, stride ?? kernel, padding ?? 0, 1, ceilMode),
                countIncludePad, divisorOverride).Apply(x);
    }
}
