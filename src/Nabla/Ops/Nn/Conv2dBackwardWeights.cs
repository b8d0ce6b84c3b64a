using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The gradient of a convolution for its weights: gw (K, C/groups, R, S) from x (N, C, H, W) and
/// gy (N, K, OH, OW).
/// </summary>
/// <param name="Geometry">Stride, padding, dilation and groups of the forward.</param>
/// <param name="Kernel">The height and width of the weights.</param>
public sealed record Conv2dBackwardWeightsOp(Conv2dGeometry Geometry, Size2d Kernel) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Conv2dBackwardWeights(x[0], x[1], y[0], Geometry);

    /// <summary>Linear in both: ∂x = gy through v, ∂gy = x convolved with v.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var x = b.InputSpec(0).Shape;
        return
        [
            b.Needs(0)
                ? new Conv2dBackwardDataOp(Geometry, new(x[2], x[3])).Apply(b.X(1), b.Grad)
                : null,
            b.Needs(1) ? new Conv2dOp(Geometry).Apply(b.X(0), b.Grad) : null,
        ];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(
        new Shape(x[1].Shape[1], x[0].Shape[1] / Geometry.Groups, Kernel.Height, Kernel.Width),
        x[0].DType);
}
