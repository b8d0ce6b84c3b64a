using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>Averages of x (N, H, W, C), float32, in as many windows as the output has cells.
/// </summary>
/// <param name="Output">The output's height and width.</param>
internal sealed record ChannelsLastAdaptiveAvgPool2d(Size2d Output) : Op
{
    public override bool IsDifferentiable => false;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.ChannelsLastAdaptiveAvgPool2d(x[0], y[0]);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => new(
        new Shape(x[0].Shape[0], Output.Height, Output.Width, x[0].Shape[3]), DType.Float32);
}
