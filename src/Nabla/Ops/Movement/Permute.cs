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
            for (var i = 0; i < full.Length; i++)
            {
                full[i] = x.Shape.Axis(order[i]);
            }
            if (full.Length != x.Rank || full.Distinct().Count() != full.Length)
            {
                throw new ArgumentException($"Permute: ({string.Join(", ", full)}) does not name "
                    + $"each dimension of {x.Shape} once");
            }
            return new PermuteOp(new Shape(full)).Apply(x);
        }

        /// <summary>A view with two dimensions exchanged.</summary>
        public Tensor Transpose(int a = -2, int b = -1)
        {
            var order = new int[x.Rank];
            for (var i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }
            int first = x.Shape.Axis(a), second = x.Shape.Axis(b);
            (order[first], order[second]) = (order[second], order[first]);
            return x.Permute(order);
        }

        /// <summary>The transposed matrix: a view.</summary>
        public Tensor T => x.Rank < 2 ? x : x.Transpose();
    }
}
