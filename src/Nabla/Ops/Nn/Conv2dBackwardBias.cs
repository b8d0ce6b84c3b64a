using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The gradient of a convolution for its bias: gb[k] = Σ gy[n,k,i,j].</summary>
public sealed record Conv2dBackwardBiasOp : Op
{
    /// <summary>The op: it has no attributes.</summary>
    public static Conv2dBackwardBiasOp Instance { get; } = new();

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Conv2dBackwardBias(x[0], y[0]);

    /// <summary>∂gy = v at every pixel.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var shape = b.InputSpec().Shape;
        return [b.Grad.Reshape(shape[1], 1, 1).Expand(shape.Dims)];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(new Shape(x[0].Shape[1]), x[0].DType);
}
