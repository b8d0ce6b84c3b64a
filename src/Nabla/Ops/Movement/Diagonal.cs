using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The diagonal of two dimensions, as the last dimension: a view.</summary>
/// <param name="Offset">0 for the main diagonal, above it they count up.</param>
/// <param name="Row">The dimension of rows, not negative.</param>
/// <param name="Column">The dimension of columns, not negative.</param>
public sealed record DiagonalOp(long Offset, int Row, int Column) : PartOp
{
    /// <inheritdoc/>
    public override Layout Of(Layout whole)
    {
        var dims = whole.Shape.Dims;
        var strides = whole.Strides;
        long top = Math.Max(0, -Offset), left = Math.Max(0, Offset);
        var length = Math.Max(0, Math.Min(dims[Row] - top, dims[Column] - left));
        List<long> shape = [], steps = [];
        for (var i = 0; i < dims.Length; i++)
        {
            if (i != Row && i != Column)
            {
                shape.Add(dims[i]);
                steps.Add(strides[i]);
            }
        }
        var first = length == 0 ? 0 : (top * strides[Row]) + (left * strides[Column]);
        return new Layout(new Shape([.. shape, length]),
            [.. steps, strides[Row] + strides[Column]], whole.Offset + first);
    }
}

/// <summary><see cref="DiagonalOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class DiagonalOps
{
    extension(Tensor x)
    {
        /// <summary>A view of the elements x[i, i + offset] of two dimensions, as the last
        /// dimension.</summary>
        /// <exception cref="ArgumentException">The dimensions are one, or do not exist.</exception>
        public Tensor Diagonal(long offset = 0, int dim1 = 0, int dim2 = 1)
        {
            int row = x.Shape.Axis(dim1), column = x.Shape.Axis(dim2);
            return row != column
                ? new DiagonalOp(offset, row, column).Apply(x)
                : throw new ArgumentException($"Diagonal of shape {x.Shape}: the dimensions {dim1} "
                    + $"and {dim2} are one; name two");
        }
    }
}
