using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// y (M, N) = a (M, K) · b (K, N), float32, plus a residual (M, N), and 0 where another input
/// (M, N), a ReLU's output, is not above 0. The sums of y's columns (N,) may come with it.
/// </summary>
/// <param name="HasResidual">Whether the third input is a residual.</param>
/// <param name="HasMask">Whether the last input is a ReLU's output.</param>
internal sealed record FusedMatMul(bool HasResidual, bool HasMask) : Op, ISumsRows, ISpacesRows
{
    public override string Name => "FusedMatMul["
        + string.Join(' ', new[] { HasResidual ? "Add" : "", HasMask ? "Where" : "",
            WithSums ? "SumTo" : "" }.Where(part => part.Length > 0)) + "]";

    public override int OutputCount => WithSums ? 2 : 1;

    public override bool IsDifferentiable => false;

    private bool WithSums { get; init; }

    public override bool AcceptsStrides(int input) => input < 2;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1..].Fill(new TensorSpec(new Shape(y[0].Shape[1]), y[0].DType));
    }

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.FusedMatMul(x[0], x[1], HasResidual ? x[2] : null, HasMask ? x[^1] : null,
            y[0], WithSums ? y[1] : null);

    public bool SpacesRows(int output) => output == 0;

    public bool LiesAsOutput(int input) => input >= 2;

    public int RowRank(int output) => output == 0 ? 1 : 0;

    public Op WithRowSums(uint outputs) => this with { WithSums = true };

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        Shape a = x[0].Shape, b = x[1].Shape;
        if (a.Rank != 2 || b.Rank != 2 || a[1] != b[0])
        {
            throw new ArgumentException($"{Name} expects (M, K) and (K, N) but got {a} and {b}");
        }
        var shape = new Shape(a[0], b[1]);
        foreach (var other in x[2..])
        {
            if (other.Shape != shape)
            {
                throw new ArgumentException($"{Name} expects a residual and a mask {shape} but got "
                    + $"{other.Shape}");
            }
        }
        return new(shape, x[0].DType);
    }
}
