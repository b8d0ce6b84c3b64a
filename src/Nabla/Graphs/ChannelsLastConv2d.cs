using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// y (N, OH, OW, K) = min(max(x ⋆ w + bias + residual, Min), Max), float32; inputs x (N, H, W, C),
/// the weights and bias as the device packed them, then the residual (N, OH, OW, K) if it is
/// there.
/// </summary>
/// <param name="Geometry">Stride, padding, dilation and groups.</param>
/// <param name="Weight">(K, C/groups, R, S).</param>
/// <param name="FromChannelsFirst">x is (N, C, H, W).</param>
/// <param name="HasResidual">Whether there is a residual.</param>
/// <param name="Limits">Applied last.</param>
internal sealed record ChannelsLastConv2d(
    Conv2dGeometry Geometry, Shape Weight, bool FromChannelsFirst, bool HasResidual, Limits Limits)
    : Op, ICountsWork
{
    public override bool IsDifferentiable => false;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.ChannelsLastConv2d(x[0], x[1], HasResidual ? x[2] : null, y[0], Weight,
            Geometry, FromChannelsFirst, Limits);

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Count * (Weight.Count / Weight[0]);

    /// <summary>The input's shape as (N, C, H, W).</summary>
    public Shape Input(Shape x) => FromChannelsFirst ? x : new(x[0], x[3], x[1], x[2]);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var input = Input(x[0].Shape);
        var size = Geometry.Output(new(input[2], input[3]), new(Weight[2], Weight[3]));
        return new(new Shape(input[0], size.Height, size.Width, Weight[0]), DType.Float32);
    }
}
