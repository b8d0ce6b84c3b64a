using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>y (N, O) = x (N, I) · Wᵀ + b, float32, with W (O, I) and, if given, b (O,); then a
/// residual (N, O) is added, or negative numbers are cut to 0.</summary>
/// <param name="IsRelu">Whether it ends with max(y, 0).</param>
/// <param name="HasResidual">Whether the last input is a residual.</param>
internal sealed record FusedLinear(bool IsRelu = true, bool HasResidual = false)
    : Op, ICountsWork, ISpacesRows
{
    public override string Name =>
        $"FusedLinear[{(HasResidual ? IsRelu ? "Add Relu" : "Add" : "Relu")}]";

    public override bool IsDifferentiable => false;

    public override bool AcceptsStrides(int input) => input < 2;

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var operands = HasResidual ? x[..^1] : x;
        x[0].Device.FusedLinear(x[0], x[1], operands.Length > 2 ? x[2] : null, y[0], IsRelu,
            HasResidual ? x[^1] : null);
    }

    public bool SpacesRows(int output) => true;

    public bool LiesAsOutput(int input) => HasResidual && input >= 2;

    public long MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Count * x[1].Shape[1];

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        Shape a = x[0].Shape, w = x[1].Shape;
        if (a.Rank != 2 || w.Rank != 2 || a[1] != w[1]
            || (HasResidual && x[^1].Shape != new Shape(a[0], w[0])))
        {
            throw new ArgumentException($"{Name} expects (N, I), (O, I) and a residual (N, O) but "
                + $"got {string.Join(", ", x.ToArray().Select(t => t.Shape))}");
        }
        return new(new Shape(a[0], w[0]), x[0].DType);
    }
}
