using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y (N, O) = x (N, I) · Wᵀ + b, with W (O, I) and b (O,).</summary>
public sealed record LinearOp : Op
{
    /// <summary>The op: it has no attributes.</summary>
    public static LinearOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Input(0) + Saves.Input(1);

    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => input < 2;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Linear(x[0], x[1], x.Length > 2 ? x[2] : null, y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var x = b.Needs(0) ? MatMulOp.Instance.Apply(b.Grad, b.X(1)) : null;
        var weight = b.Needs(1) ? MatMulOp.Instance.Apply(b.Grad.Transpose(), b.X(0)) : null;
        if (b.InputCount == 2)
        {
            return [x, weight];
        }
        return [x, weight, b.Needs(2) ? SumToOp.Of(b.Grad, b.InputSpec(2).Shape) : null];
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) =>
        new(new Shape(x[0].Shape.Dims[0], x[1].Shape.Dims[0]), x[0].DType);
}

/// <summary><see cref="LinearOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LinearOps
{
    extension(Tensor x)
    {
        /// <summary>y (…, O) = x (…, I) · Wᵀ + b.</summary>
        /// <param name="weight">W, of shape (O, I).</param>
        /// <param name="bias">b, of shape (O,), or null.</param>
        /// <exception cref="ArgumentException">A shape does not fit.</exception>
        public Tensor Linear(Tensor weight, Tensor? bias = null)
        {
            if (weight.Rank != 2 || x.Rank == 0 || x.Shape[^1] != weight.Shape[1])
            {
                throw new ArgumentException($"Linear expects (…, "
                    + $"{(weight.Rank == 2 ? weight.Shape[1] : "in")}) with a weight (out, in), "
                    + $"but got {x.Shape} and {weight.Shape}; flatten first?");
            }
            if (bias is not null && (bias.Rank != 1 || bias.Shape[0] != weight.Shape[0]))
            {
                throw new ArgumentException($"Linear expects a bias of shape ({weight.Shape[0]},) "
                    + $"but got {bias.Shape}");
            }
            var rows = x.Rank == 2 ? x : x.Reshape(-1, x.Shape[^1]);
            var y = bias is null
                ? LinearOp.Instance.Apply(rows, weight)
                : LinearOp.Instance.Apply(rows, weight, bias);
            return x.Rank == 2
                ? y
                : y.Reshape(new Shape([.. x.Shape.Dims[..^1], weight.Shape.Dims[0]]));
        }
    }
}
