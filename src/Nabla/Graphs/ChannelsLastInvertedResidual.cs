using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// y (N, OH, OW, K) = project(depthwise(widen(x))) + residual, each layer with its bias and limits,
/// float32; inputs x (N, H, W, C), the layers' weights as the device packed them, then the residual
/// if it is there.
/// </summary>
/// <param name="Widen">The 1 × 1 convolution of x, or null: x is wide already.</param>
/// <param name="Depthwise">The 3 × 3 convolution of each channel.</param>
/// <param name="Project">The 1 × 1 convolution at the end.</param>
internal sealed record ChannelsLastInvertedResidual(
    ChannelsLastConv2d? Widen, ChannelsLastConv2d Depthwise, ChannelsLastConv2d Project)
    : Op, ICountsWork
{
    public override bool IsDifferentiable => false;

    private int Weights => Widen is null ? 2 : 3;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.ChannelsLastInvertedResidual(x[0], x[1..(1 + Weights)],
            Project.HasResidual ? x[^1] : null, y[0], Depthwise.Geometry, Widen?.Limits,
            Depthwise.Limits, Project.Limits);

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var (d, pixels) = (x[0].Shape, y[0].Count / y[0].Shape[3]);
        return (Widen is null ? 0 : d[0] * d[1] * d[2] * Widen.Weight.Count)
            + (pixels * (Depthwise.Weight.Count + Project.Weight.Count));
    }

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var shape = x[0].Shape;
        var size = Depthwise.Geometry.Output(new(shape[1], shape[2]), new(3, 3));
        return new(
            new Shape(shape[0], size.Height, size.Width, Project.Weight[0]), DType.Float32);
    }
}
