using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>y (N, O) = x (N, I) · Wᵀ + b, with W (O, I) and b (O,).</summary>
public sealed record LinearOp : Op, ICountsWork
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

    long ICountsWork.MultiplyAdds(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Count * x[1].Shape[1];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        FloatInputs.Check("Linear", x);
        Tensor rows = x[0], weight = x[1];
        if (rows.Rank != 2 || weight.Rank != 2 || rows.Shape.Dims[1] != weight.Shape.Dims[1])
        {
            throw new ArgumentException($"Linear expects (N, in) and a weight (out, in), but got "
                + $"{rows.Shape} and {weight.Shape}");
        }
        return new(new Shape(rows.Shape.Dims[0], weight.Shape.Dims[0]), rows.DType);
    }
}

/// <summary><see cref="LinearOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LinearOps
{
    extension(Tensor x)
    {
        /// <summary>y (…, O) = x (…, I) · Wᵀ + b.</summary>
        /// <param name="weight">W, of shape (O, I).</param>
        /// <param name="bias">b, of shape (O,), or null.</param>
        /// <remarks>16-bit floats are multiplied in float32.</remarks>
        /// <exception cref="ArgumentException">A shape does not fit, or the types are not one
        /// floating-point type.</exception>
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
            var type = x.DType;
            if (type.Compute != type && weight.DType == type && (bias?.DType ?? type) == type)
            {
                var wide = type.Compute;
                return x.To(wide).Linear(weight.To(wide), bias?.To(wide)).To(type);
            }
            var rows = x.Rank switch
            {
                1 => x.Unsqueeze(0),
                2 => x,
                _ => x.Flatten(0, -2),
            };
            var y = bias is null
                ? LinearOp.Instance.Apply(rows, weight)
                : LinearOp.Instance.Apply(rows, weight, bias);
            return x.Rank == 2
                ? y
                : y.Reshape(new Shape([.. x.Shape.Dims[..^1], weight.Shape.Dims[0]]));
        }
    }
}
