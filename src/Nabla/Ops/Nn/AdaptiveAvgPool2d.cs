using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Averages of x (…, H, W) in as many windows as the output has cells.</summary>
/// <param name="Output">The output's height and width.</param>
public sealed record AdaptiveAvgPool2dOp(Size2d Output) : Op
{
    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.AdaptiveAvgPool2d(x[0], y[0]);

    /// <summary>∂x = each ∂y over its window's size, at all cells of its window.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var x = b.InputSpec().Shape;
        return [new AdaptiveAvgPool2dBackwardOp(new(x[^2], x[^1])).Apply(b.Grad)];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("AdaptiveAvgPool2d", x);
        var shape = x[0].Shape;
        if (shape.Rank is not (3 or 4) || shape[^2] == 0 || shape[^1] == 0)
        {
            throw new ArgumentException(
                $"AdaptiveAvgPool2d expects (N, C, H, W) or (C, H, W) but got {shape}");
        }
        if (Output.Height < 1 || Output.Width < 1)
        {
            throw new ArgumentException(
                $"AdaptiveAvgPool2d: the output size must be at least 1, got {Output}");
        }
        return new TensorSpec(
            new Shape([.. shape.Dims[..^2], Output.Height, Output.Width]), x[0].DType);
    }
}

/// <summary>The gradient of adaptive average pooling: linear, so its own gradient is the pooling.
/// </summary>
/// <param name="Input">The forward's input height and width.</param>
public sealed record AdaptiveAvgPool2dBackwardOp(Size2d Input) : Op
{
    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.AdaptiveAvgPool2dBackward(x[0], y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var gy = b.InputSpec().Shape;
        return [new AdaptiveAvgPool2dOp(new(gy[^2], gy[^1])).Apply(b.Grad)];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(
        new Shape([.. x[0].Shape.Dims[..^2], Input.Height, Input.Width]), x[0].DType);
}

/// <summary><see cref="AdaptiveAvgPool2dOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class AdaptiveAvgPool2dOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Averages (…, H, W) to an output size, as
        /// <c>torch.nn.functional.adaptive_avg_pool2d</c>; a size of 1 is the global mean.
        /// </summary>
        /// <exception cref="ArgumentException">The input has no planes, or a size is below 1.
        /// </exception>
        public Tensor AdaptiveAvgPool2d(Size2d outputSize) =>
            new AdaptiveAvgPool2dOp(outputSize).Apply(x);
    }
}
