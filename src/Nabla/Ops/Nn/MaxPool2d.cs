using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The maximum of x (…, H, W) in each window; of equal ones the first counts, and NaN wins. The
/// second output, if there is one, says where in its plane each lies: row · W + column.
/// </summary>
/// <param name="Geometry">Kernel, stride, padding, dilation and rounding.</param>
/// <param name="HasIndices">Whether there is a second output; without it there is no gradient.
/// </param>
public sealed record MaxPool2dOp(Pool2dGeometry Geometry, bool HasIndices) : Op
{
    /// <inheritdoc/>
    public override int OutputCount => HasIndices ? 2 : 1;

    /// <inheritdoc/>
    public override bool IsDifferentiable => HasIndices;

    /// <inheritdoc/>
    public override Saves Saves => HasIndices ? Saves.Output(1) : Saves.None;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        if (HasIndices)
        {
            y[1] = new TensorSpec(y[0].Shape, DType.Int64);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.MaxPool2d(x[0], y[0], HasIndices ? y[1] : null, Geometry);

    /// <summary>∂x = each ∂y where its maximum lies.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var x = b.InputSpec().Shape;
        return [new MaxPool2dBackwardOp(new(x[^2], x[^1])).Apply(b.Grad, b.Y(1))];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("MaxPool2d", x);
        return new TensorSpec(Geometry.Output("MaxPool2d", x[0].Shape), x[0].DType);
    }
}

/// <summary>The gradient of maximum pooling, from gy and indices (…, OH, OW).</summary>
/// <param name="Input">The forward's input height and width.</param>
public sealed record MaxPool2dBackwardOp(Size2d Input) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(1);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.MaxPool2dBackward(x[0], x[1], y[0]);

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(
        new Shape([.. x[0].Shape.Dims[..^2], Input.Height, Input.Width]), x[0].DType);
}

/// <summary><see cref="MaxPool2dOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class MaxPool2dOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The maximum of (…, H, W) in windows, as <c>torch.nn.functional.max_pool2d</c>; the
        /// stride is the kernel's size unless given.
        /// </summary>
        /// <exception cref="ArgumentException">Shapes or settings do not fit.</exception>
        public Tensor MaxPool2d(Size2d kernel, Size2d? stride = null, Size2d? padding = null,
            Size2d? dilation = null, bool ceilMode = false)
        {
            var geometry = new Pool2dGeometry(
                kernel, stride ?? kernel, padding ?? 0, dilation ?? 1, ceilMode);
            return GradMode.IsEnabled && x.RequiresGrad
                ? new MaxPool2dOp(geometry, true).ApplyAll(x)[0]
                : new MaxPool2dOp(geometry, false).Apply(x);
        }

        /// <summary>The maxima, and where in its plane each lies (row · W + column, int64).
        /// </summary>
        /// <exception cref="ArgumentException">Shapes or settings do not fit.</exception>
        public (Tensor Values, Tensor Indices) MaxPool2dWithIndices(Size2d kernel,
            Size2d? stride = null, Size2d? padding = null, Size2d? dilation = null,
            bool ceilMode = false)
        {
            var geometry = new Pool2dGeometry(
                kernel, stride ?? kernel, padding ?? 0, dilation ?? 1, ceilMode);
            var y = new MaxPool2dOp(geometry, true).ApplyAll(x);
            return (y[0], y[1]);
        }
    }
}
