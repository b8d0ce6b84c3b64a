using Nabla.Autograd;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>A view of x with its dimensions in another order.</summary>
/// <param name="Order">Which dimension of x each new one is; no negative numbers.</param>
public sealed record PermuteOp(Shape Order) : ViewOp
{
    /// <inheritdoc/>
    public override Layout View(Tensor x)
    {
        var dims = new long[x.Rank];
        var strides = new long[x.Rank];
        for (var i = 0; i < dims.Length; i++)
        {
            var from = Order[i];
            dims[i] = x.Shape.Dims[from];
            strides[i] = x.Strides[from];
        }
        return new Layout(new Shape(dims), strides, x.Layout.Offset);
    }

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b)
    {
        var back = new long[Order.Rank];
        for (var i = 0; i < back.Length; i++)
        {
            back[Order[i]] = i;
        }
        return [new PermuteOp(new Shape(back)).Apply(b.Grad)];
    }
}

/// <summary><see cref="PermuteOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class PermuteOps
{
    extension(Tensor x)
    {
        /// <summary>A view with the dimensions in the given order.</summary>
        /// <exception cref="ArgumentException">Not every dimension is named once.</exception>
        public Tensor Permute(params ReadOnlySpan<int> order)
        {
            var full = new long[order.Length];
            var seen = 0;
            for (var i = 0; i < full.Length; i++)
            {
                full[i] = x.Shape.Axis(order[i]);
                seen |= 1 << (int)full[i];
            }
            if (full.Length != x.Rank || seen != (1 << x.Rank) - 1)
            {
                throw new ArgumentException($"Permute: ({string.Join(", ", order.ToArray())}) does "
                    + $"not name each dimension of {x.Shape} once");
            }
            return new PermuteOp(new Shape(full)).Apply(x);
        }
    }
}
