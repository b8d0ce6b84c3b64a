using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// y (N, O) = x (N, I) · Wᵀ + b, float32; then a residual (N, O) is added, or negative numbers are
/// cut to 0. Inputs are x, the weights as the device packed them, and b (O,) and the residual where
/// they are there.
/// </summary>
/// <param name="Weight">(O, I).</param>
/// <param name="HasBias">Whether there is a bias.</param>
/// <param name="IsRelu">Whether it ends with max(y, 0).</param>
/// <param name="HasResidual">Whether the last input is a residual.</param>
internal sealed record PackedLinear(
    Shape Weight, bool HasBias, bool IsRelu = false, bool HasResidual = false) : Op, ICountsWork
{
    public override bool IsDifferentiable => false;

    public override bool AcceptsStrides(int input) => input == 0;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.PackedLinear(x[0], x[1], HasBias ? x[2] : null, y[0], IsRelu,
            HasResidual ? x[^1] : null);

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Count * Weight[1];

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(new Shape(x[0].Shape[0], Weight[0]), DType.Float32);
}
