using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// y = min(max(x ⋆ w + bias + residual, Min), Max), float32; inputs x (N, C, H, W),
/// w (K, C/groups, R, S), then bias (K,) and residual (N, K, OH, OW) if they are there.
/// </summary>
/// <param name="Geometry">Stride, padding, dilation and groups.</param>
/// <param name="HasBias">Whether there is a bias.</param>
/// <param name="HasResidual">Whether there is a residual.</param>
/// <param name="Limits">Applied last.</param>
internal sealed record FusedConv2d(
    Conv2dGeometry Geometry, bool HasBias, bool HasResidual, Limits Limits)
    : Op, IFusedConvolution, ICountsWork
{
    public override bool IsDifferentiable => false;

    /// <summary>What a node computes as a fused convolution, or null.</summary>
    public static FusedConv2d? Of(GraphNode node) => node.Op switch
    {
        FusedConv2d fused => fused,
        Conv2dOp conv when node.OutputArray[0].Spec.DType == DType.Float32 =>
            new(conv.Geometry, node.InputArray.Length > 2, false, Limits.None),
        _ => null,
    };

    public Op WithResidual() => this with { HasResidual = true };

    public Op Within(Limits limits) => this with { Limits = Limits.Then(limits) };

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.FusedConv2d(x[0], x[1], HasBias ? x[2] : null, HasResidual ? x[^1] : null,
            y[0], Geometry, Limits);

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Count * (x[1].Count / x[1].Shape[0]);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new Conv2dOp(Geometry).Output(x[..(HasBias ? 3 : 2)]);
}
