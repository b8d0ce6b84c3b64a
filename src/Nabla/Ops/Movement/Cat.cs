using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>The inputs one after another along a dimension.</summary>
/// <param name="Dim">The dimension, not negative.</param>
public sealed record CatOp(int Dim) : Op
{
    /// <inheritdoc/>
    public override bool AcceptsStrides(int input) => true;

    /// <inheritdoc/>
    public override void Forward(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) =>
        y[0].Device.Cat(x, Dim, y[0]);

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var gradients = new Tensor?[b.InputCount];
        var start = 0L;
        for (var i = 0; i < gradients.Length; i++)
        {
            var length = b.InputSpec(i).Shape.Dims[Dim];
            gradients[i] = b.Needs(i) ? b.Grad.Narrow(Dim, start, length) : null;
            start += length;
        }
        return gradients;
    }

    /// <inheritdoc/>
    protected override TensorSpec Infer(ReadOnlySpan<Tensor> x)
    {
        var first = x[0].Shape;
        var total = 0L;
        for (var i = 0; i < x.Length; i++)
        {
            if (x[i].Rank != first.Rank || x[i].Shape.With(Dim, 0) != first.With(Dim, 0))
            {
                throw new ArgumentException($"Cat along dimension {Dim}: input {i} has shape "
                    + $"{x[i].Shape}, but input 0 has {first}; all other sizes must be equal");
            }
            total += x[i].Shape.Dims[Dim];
        }
        return new TensorSpec(first.With(Dim, total), x[0].DType);
    }
}

/// <summary><see cref="CatOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class CatOps
{
    extension(Tensor)
    {
        /// <summary>Tensors one after another along a dimension, in their common type; all other
        /// sizes are equal.</summary>
        /// <exception cref="ArgumentException">There is no tensor, or a size differs.</exception>
        public static Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim = 0)
        {
            if (tensors.Length == 0)
            {
                throw new ArgumentException("Cat needs at least one tensor");
            }
            if (tensors[0].Rank == 0)
            {
                throw new ArgumentException("Cat joins tensors along a dimension, but got one "
                    + "without; Stack makes a dimension");
            }
            var type = tensors[0].DType;
            foreach (var tensor in tensors)
            {
                type = Promotion.Promote(type, tensor.DType);
            }
            var parts = new Tensor[tensors.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i] = Elementwise.To(tensors[i], type);
            }
            return new CatOp(tensors[0].Shape.Axis(dim)).Apply(parts);
        }
    }
}
