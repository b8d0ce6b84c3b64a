using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A copy with some dimensions reversed.</summary>
/// <param name="Dims">One bit a dimension.</param>
public sealed record FlipOp(int Dims) : Op
{
    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Flip(x[0], Dims, y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Apply(b.Grad)];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => TensorSpec.Of(x[0]);
}

/// <summary><see cref="FlipOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class FlipOps
{
    extension(Tensor x)
    {
        /// <summary>A copy with the order of elements reversed along the given
        /// dimensions.</summary>
        /// <exception cref="ArgumentException">A dimension does not exist or is named twice.
        /// </exception>
        public Tensor Flip(params ReadOnlySpan<int> dims)
        {
            var mask = 0;
            foreach (var dim in dims)
            {
                var bit = 1 << x.Shape.Axis(dim);
                if ((mask & bit) != 0)
                {
                    throw new ArgumentException(
                        $"Flip: dimension {dim} of shape {x.Shape} is named twice");
                }
                mask |= bit;
            }
            return new FlipOp(mask).Apply(x);
        }
    }
}
