using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// Rows of a table by number: y[…, :] = weight[index[…], :] with weight (V, D) and index (…).
/// </summary>
/// <param name="PaddingIndex">The row that gets no gradient, or −1.</param>
public sealed record EmbeddingOp(long PaddingIndex) : Op
{
    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(1);

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        x[0].Device.CheckIndices(x[1], x[0].Shape.Dims[0], Name);
        x[0].Device.IndexSelect(x[0], 0, x[1], y[0]);
    }

    /// <summary>∂weight[v] = Σ of ∂y over the places where index = v, in order of position; 0 for
    /// the padding row.</summary>
    public override Tensor?[] Backward(Backprop b)
    {
        var (table, index) = (b.InputSpec(), b.X(1));
        var rows = b.Grad;
        if (PaddingIndex >= 0)
        {
            rows = rows * index.Ne(PaddingIndex).To(rows.DType).Reshape(
                new Shape([.. index.Shape.Dims, 1L]));
        }
        return
        [
            Indices.Zeros(table.Shape, rows.DType).IndexAdd(0, index.Reshape(index.Count),
                rows.Reshape(new Shape(index.Count, table.Shape[1]))),
            null,
        ];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        if (x[0].Rank != 2)
        {
            throw new ArgumentException(
                $"Embedding expects a weight (V, D) but got {x[0].Shape}");
        }
        return new(new Shape([.. x[1].Shape.Dims, x[0].Shape[1]]), x[0].DType);
    }
}

/// <summary><see cref="EmbeddingOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class EmbeddingOps
{
    extension(Tensor index)
    {
        /// <summary>The rows of a table that integers (…) name: (…, D).</summary>
        /// <param name="weight">The table (V, D).</param>
        /// <param name="paddingIndex">A row that gets no gradient; from the end if negative.
        /// </param>
        /// <exception cref="ArgumentException">The indices are no integers, or one is not in
        /// [0, V).</exception>
        public Tensor Embedding(Tensor weight, long? paddingIndex = null)
        {
            if (!index.DType.IsInteger)
            {
                throw new ArgumentException("Embedding expects integers but got "
                    + $"{index.DType.Name}; convert with To(DType.Int64) first");
            }
            var padding = paddingIndex is < 0 ? paddingIndex + weight.Shape[0] : paddingIndex;
            return new EmbeddingOp(padding ?? -1).Apply(weight, index.To(DType.Int64));
        }
    }
}
