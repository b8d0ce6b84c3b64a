using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// y (N, OH, OW, K) = min(max(x through w + bias + residual, Min), Max), a transposed convolution,
/// float32; inputs x (N, H, W, C), the weights and bias as the device packed them, then the
/// residual (N, OH, OW, K) if it is there.
/// </summary>
/// <param name="Geometry">Stride, padding, dilation and groups.</param>
/// <param name="OutputPadding">Rows and columns that the output has more.</param>
/// <param name="Weight">(C, K/groups, R, S).</param>
/// <param name="HasResidual">Whether there is a residual.</param>
/// <param name="Limits">Applied last.</param>
internal sealed record ChannelsLastConvTranspose2d(
    Conv2dGeometry Geometry, Size2d OutputPadding, Shape Weight, bool HasResidual, Limits Limits)
    : Op, ICountsWork
{
    public override bool IsDifferentiable => false;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.ChannelsLastConvTranspose2d(x[0], x[1], HasResidual ? x[2] : null, y[0],
            Weight, Geometry, Limits);

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Count * (Weight.Count / Math.Max(1, Weight[0]));

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var input = x[0].Shape;
        var size = Geometry.Transposed(
            new(input[1], input[2]), new(Weight[2], Weight[3]), OutputPadding);
        return new(
            new Shape(input[0], size.Height, size.Width, Weight[1] * Geometry.Groups),
            DType.Float32);
    }
}
