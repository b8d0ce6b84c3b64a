using Nabla.Autograd;
using Nabla.Ops;
using Nabla.Tensors;

namespace Nabla.Graphs;

/// <summary>
/// A recurrent layer that looks its input up as it goes. Inputs: a table (V, G·H), what the layer
/// reads beside its input's share of the gates, and the number of the table's row for each step
/// and sample, int64 (T, N). Outputs: the layer's; none may lie over the table.
/// </summary>
/// <param name="Rows">Looks up.</param>
/// <param name="Layer">Runs over what was looked up.</param>
internal sealed record FusedRecurrent(EmbeddingOp Rows, RecurrentOp Layer) : Op
{
    public override string Name => $"FusedRecurrent[{Rows.Name} {Layer.Name}]";

    public override int OutputCount => Layer.OutputCount;

    public override bool IsDifferentiable => false;

    public override void InferAll(ReadOnlySpan<Tensor> x, Span<TensorSpec> y)
    {
        var rows = new TensorSpec[1];
        Rows.InferAll([x[0], x[^1]], rows);
        var (shape, type) = (rows[0].Shape, rows[0].DType);
        var input = new Tensor(Storage.Symbolic(shape.Count * type.Size, x[0].Device),
            Layout.Contiguous(shape), type);
        Layer.InferAll([input, .. x[1..^1]], y);
    }

    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        x[0].Device.CheckIndices(x[^1], x[0].Shape.Dims[0], Rows.Name);
        Layer.Forward(x[..^1], y, x[^1]);
    }

    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var y = new TensorSpec[OutputCount];
        InferAll(x, y);
        return y[0];
    }
}
