using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y (…, M, N) = a (…, M, K) · b (…, K, N), with leading dimensions of one
/// shape.</summary>
public sealed record MatMulOp : Op
{
    /// <summary>The op: it has no attributes.</summary>
    public static MatMulOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.MatMul(x[0], x[1], y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? Instance.Apply(b.Grad, b.X(1).Transpose()) : null,
        b.Needs(1) ? Instance.Apply(b.X(0).Transpose(), b.Grad) : null,
    ];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        Tensor a = x[0], b = x[1];
        if (a.DType != b.DType || a.DType is DType.Bool or DType.Float16 or DType.BFloat16)
        {
            throw new ArgumentException("MatMul multiplies float32, float64, int64, int32 or uint8 "
                + $"but got {a.DType.Name} and {b.DType.Name}; convert with To(dtype) first");
        }
        if (a.Rank < 2 || a.Rank != b.Rank || a.Shape.Dims[^1] != b.Shape.Dims[^2]
            || !a.Shape.Dims[..^2].SequenceEqual(b.Shape.Dims[..^2]))
        {
            throw new ArgumentException("MatMul expects (…, M, K) and (…, K, N) with equal "
                + $"leading sizes but got {a.Shape} and {b.Shape}; the tensors' MatMul broadcasts");
        }
        return new(new Shape([.. a.Shape.Dims[..^1], b.Shape.Dims[^1]]), a.DType);
    }
}

/// <summary><see cref="MatMulOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class MatMulOps
{
    extension(Tensor a)
    {
        /// <summary>
        /// The product of vectors, matrices or batches of matrices, as <c>torch.matmul</c>: a
        /// vector counts as a row on the left and as a column on the right; leading dimensions
        /// broadcast. 16-bit floats are multiplied in float32.
        /// </summary>
        /// <exception cref="ArgumentException">The inner sizes differ, an operand has no dimension,
        /// or both are boolean.</exception>
        public Tensor MatMul(Tensor b)
        {
            if (a.Rank == 0 || b.Rank == 0 || a.Shape[^1] != b.Shape[b.Rank == 1 ? ^1 : ^2])
            {
                throw new ArgumentException($"MatMul: the shapes {a.Shape} and {b.Shape} do not "
                    + "multiply; the last size of the first must be the second-last of the second");
            }
            var type = Promotion.ResultType(a, b);
            var left = CastOp.Of(a.Rank == 1 ? a.Unsqueeze(0) : a, type.Compute);
            var right = CastOp.Of(b.Rank == 1 ? b.Unsqueeze(1) : b, type.Compute);
            if (left.Rank > 2 && right.Rank == 2)
            {
                // One large product instead of many small ones.
                var rows = left.Flatten(0, -2);
                left = MatMulOp.Instance.Apply(rows, right)
                    .Reshape(new Shape([.. left.Shape.Dims[..^1], right.Shape.Dims[^1]]));
            }
            else
            {
                var lead = Shape.Broadcast(new Shape(left.Shape.Dims[..^2]),
                    new Shape(right.Shape.Dims[..^2]), "MatMul");
                left = Batched(left, lead);
                right = Batched(right, lead);
                left = MatMulOp.Instance.Apply(left, right);
            }
            left = a.Rank == 1 ? left.Squeeze(-2) : left;
            return CastOp.Of(b.Rank == 1 ? left.Squeeze(-1) : left, type);
        }
    }

    private static Tensor Batched(Tensor x, Shape lead)
    {
        var shape = new Shape([.. lead.Dims, .. x.Shape.Dims[^2..]]);
        return x.Shape == shape ? x : new ExpandOp(shape).Apply(x);
    }
}
