using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The gradient of y = f(x), given ∂y and x: ∂x = ∂y · f′(x) in one pass over memory. Functions
/// whose slope is shorter in terms of y give y in place of x, and f′ as a function of it.
/// </summary>
/// <typeparam name="TFn">The function (∂y, x) ↦ ∂y · f′(x).</typeparam>
public abstract record SlopeOp<TFn> : BinaryOp<TFn> where TFn : struct, IBinaryFn
{
    /// <inheritdoc/>
    public sealed override Saves Saves => Saves.Inputs;

    /// <summary>f″(x), composed: gradients of gradients are rare.</summary>
    protected abstract Tensor Bend(Tensor x);

    /// <summary>Linear in ∂y; by x it is ∂y · f″(x).</summary>
    public sealed override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? Apply(b.Grad, b.X(1)) : null,
        b.Needs(1) ? b.Grad * b.X(0) * Bend(b.X(1)) : null,
    ];
}
