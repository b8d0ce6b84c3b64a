using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>The maximum of x (N, H, W, C), float32, in each window; NaN wins.</summary>
/// <param name="Geometry">Kernel, stride, padding, dilation and rounding.</param>
internal sealed record ChannelsLastMaxPool2d(Pool2dGeometry Geometry) : Op
{
    public override bool IsDifferentiable => false;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.ChannelsLastMaxPool2d(x[0], y[0], Geometry);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var shape = x[0].Shape;
        var size = Geometry.Output(new Size2d(shape[1], shape[2]));
        return new(new Shape(shape[0], size.Height, size.Width, shape[3]), DType.Float32);
    }
}
