using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>Matrices with what lies below a diagonal zeroed.</summary>
/// <param name="Diagonal">The first diagonal that stays: 0 is the main one, above it they count up.
/// </param>
public sealed record TriuOp(long Diagonal) : Op
{
    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        x[0].Device.Triangle(x[0], Diagonal, lower: false, y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) => [Apply(b.Grad)];

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x) => x[0].Rank >= 2
        ? TensorSpec.Of(x[0])
        : throw new ArgumentException($"Triu expects matrices (…, M, N) but got {x[0].Shape}");
}

/// <summary><see cref="TriuOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class TriuOps
{
    extension(Tensor x)
    {
        /// <summary>The upper triangles of matrices (…, M, N): zero where column &lt; row +
        /// diagonal.</summary>
        /// <exception cref="ArgumentException">x has fewer than two dimensions.</exception>
        public Tensor Triu(long diagonal = 0) => new TriuOp(diagonal).Apply(x);
    }
}
