using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// The gradient of a limited <see cref="FusedBatchNorm"/> without a residual: that of
/// <see cref="BatchNormOp"/> for gy where 0 &lt; y &lt; Upper, else 0. There is no mask: y is
/// computed again from x, which is read anyway, and has the bits that it had. Inputs gy, x, mean,
/// invStd and, if there is one, the weight and the bias; outputs as
/// <see cref="BatchNormBackwardOp"/>.
/// </summary>
/// <param name="IsAffine">Whether there are weight and bias.</param>
/// <param name="Upper">From where outputs are limited, ∞ for a ReLU.</param>
internal sealed record FusedBatchNormBackward(bool IsAffine, double Upper) : Op
{
    public override string Name =>
        $"FusedBatchNormBackward[{FusedBatchNorm.LimitName(Upper)}]";

    public override int OutputCount => IsAffine ? 3 : 1;

    public override bool IsDifferentiable => false;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1..].Fill(TensorSpec.Of(x[2]));
    }

    public override bool MayOverwrite(int output, int input) => output == 0 && input <= 1;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.BatchNormBackward(x[0], x[1], IsAffine ? x[4] : null, x[2], x[3], y[0],
            IsAffine ? y[1] : null, IsAffine ? y[2] : null, Upper, IsAffine ? x[5] : null);

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[1]);
}
