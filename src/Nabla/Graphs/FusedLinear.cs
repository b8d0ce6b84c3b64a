using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>y (N, O) = max(x (N, I) · Wᵀ + b, 0), float32, with W (O, I) and, if given, b (O,).
/// </summary>
internal sealed record FusedLinear : Op, ICountsWork
{
    public override string Name => "FusedLinear[Relu]";

    public override bool IsDifferentiable => false;

    public override bool AcceptsStrides(int input) => input < 2;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.FusedLinear(x[0], x[1], x.Length > 2 ? x[2] : null, y[0]);

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Count * x[1].Shape[1];

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(new Shape(x[0].Shape.Dims[0], x[1].Shape.Dims[0]), x[0].DType);
}
