using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The gradient of a convolution for its input (<see cref="ConvTranspose2dOp"/> without a bias):
/// gx (N, C, H, W) from gy (N, K, OH, OW) and w (K, C/groups, R, S).
/// </summary>
/// <param name="Geometry">Stride, padding, dilation and groups of the forward.</param>
/// <param name="Input">The forward's input height and width.</param>
public sealed record Conv2dBackwardDataOp(Conv2dGeometry Geometry, Size2d Input) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Conv2dBackwardData(x[0], x[1], null, y[0], Geometry);

    /// <summary>Linear in both: ∂gy = v convolved with w, ∂w = v through gy.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var w = b.InputSpec(1).Shape;
        return
        [
            b.Needs(0) ? new Conv2dOp(Geometry).Apply(b.Grad, b.X(1)) : null,
            b.Needs(1)
                ? new Conv2dBackwardWeightsOp(Geometry, new(w[2], w[3])).Apply(b.Grad, b.X(0))
                : null,
        ];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(
        new Shape(x[0].Shape[0], x[1].Shape[1] * Geometry.Groups, Input.Height, Input.Width),
        x[0].DType);
}
