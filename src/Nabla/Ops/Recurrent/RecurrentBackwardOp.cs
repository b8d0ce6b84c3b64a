using System.Numerics;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The gradient of <see cref="RecurrentOp"/>: from ∂h, h, h0, the weight, what was kept, and for an
/// LSTM c0, c and, if there is one, ∂c; to those of the input's share, h0, and the hidden share of
/// a GRU's last gate or an LSTM's c0. A gradient takes the place of what it is made of, if it can.
/// </summary>
/// <param name="Cell">Which cell.</param>
/// <param name="IsReverse">Whether forward ran from the last time step to the first.</param>
/// <param name="Gates">Gates of a hidden unit.</param>
public sealed record RecurrentBackwardOp(RecurrentCell Cell, bool IsReverse, int Gates)
    : Op, ISumsRows
{
    /// <summary>Bits of the outputs whose sums over steps and samples are outputs too.</summary>
    private uint Summed { get; init; }

    private bool HasCell => Cell == RecurrentCell.Lstm;

    private bool IsSplit => Cell == RecurrentCell.Gru;

    private int Gradients => HasCell || IsSplit ? 3 : 2;

    /// <inheritdoc/>
    public override int OutputCount => Gradients + BitOperations.PopCount(Summed);

    /// <inheritdoc/>
    public override bool IsDifferentiable => false;

    /// <inheritdoc/>
    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        y[0] = Infer(x);
        y[1] = TensorSpec.Of(x[2]);
        if (Gradients > 2)
        {
            y[2] = IsSplit ? TensorSpec.Of(x[0]) : y[1];
        }
        for (int i = 0, at = Gradients; at < y.Length; i++)
        {
            if ((Summed >> i & 1) != 0)
            {
                y[at++] = new TensorSpec(new Shape(y[i].Shape[^1]), y[i].DType);
            }
        }
    }

    /// <inheritdoc/>
    public override bool MayOverwrite(int output, int input) => (output, input) switch
    {
        (0, 0) => Cell is RecurrentCell.Tanh or RecurrentCell.Relu,
        (0, 4) => true,
        (2, 5) => IsSplit,
        _ => false,
    };

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.RecurrentBackward(Cell, IsReverse, x[0], x.Length > 7 ? x[7] : null, x[1],
            HasCell ? x[6] : null, x.Length > 4 ? x[4] : null, IsSplit ? x[5] : null, x[3], x[2],
            HasCell ? x[5] : null, y[0], IsSplit ? y[2] : null, y[1], HasCell ? y[2] : null,
            Sum(0, y), Sum(2, y));

    int ISumsRows.RowRank(int output) => output == 0 || (output == 2 && IsSplit) ? 1 : 0;

    Op ISumsRows.WithRowSums(uint outputs) => this with { Summed = outputs };

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var shape = x[0].Shape;
        return new TensorSpec(new Shape(shape[0], shape[1], Gates * shape[2]), x[0].DType);
    }

    private Tensor? Sum(int output, ReadOnlySpan<Tensor> y) => (Summed >> output & 1) == 0 ? null
        : y[Gradients + BitOperations.PopCount(Summed & ((1u << output) - 1))];
}
