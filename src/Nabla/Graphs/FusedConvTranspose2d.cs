using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// y = min(max(x through w + bias + residual, Min), Max), a transposed convolution, float32; inputs
/// x (N, C, H, W), w (C, K/groups, R, S), then bias (K,) and residual (N, K, OH, OW) if they are
/// there.
/// </summary>
/// <param name="Geometry">Stride, padding, dilation and groups.</param>
/// <param name="OutputPadding">Rows and columns that the output has more.</param>
/// <param name="HasBias">Whether there is a bias.</param>
/// <param name="HasResidual">Whether there is a residual.</param>
/// <param name="Limits">Applied last.</param>
internal sealed record FusedConvTranspose2d(
    Conv2dGeometry Geometry, Size2d OutputPadding, bool HasBias, bool HasResidual, Limits Limits)
    : Op, IFusedConvolution, ICountsWork
{
    public override bool IsDifferentiable => false;

    /// <summary>What a node computes as a fused transposed convolution, or null.</summary>
    public static FusedConvTranspose2d? Of(GraphNode node) => node.Op switch
    {
        FusedConvTranspose2d fused => fused,
        ConvTranspose2dOp conv when node.OutputArray[0].Spec.DType == DType.Float32 =>
            new(conv.Geometry, conv.OutputPadding, node.InputArray.Length > 2, false, Limits.None),
        _ => null,
    };

    public Op WithResidual() => this with { HasResidual = true };

    public Op Within(Limits limits) => this with { Limits = Limits.Then(limits) };

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.FusedConvTranspose2d(x[0], x[1], HasBias ? x[2] : null,
            HasResidual ? x[^1] : null, y[0], Geometry, Limits);

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Count * (x[1].Count / Math.Max(1, x[1].Shape[0]));

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new ConvTranspose2dOp(Geometry, OutputPadding).Output(x[..(HasBias ? 3 : 2)]);
}
