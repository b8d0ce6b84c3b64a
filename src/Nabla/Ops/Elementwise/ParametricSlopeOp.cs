using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>
/// The gradient of y = f(x, a) by x, a being a number that shapes the function, given ∂y, x and a:
/// ∂x = ∂y · ∂f/∂x in one pass over memory, as <see cref="SlopeOp{TFn}"/>.
/// </summary>
/// <typeparam name="TFn">The function (∂y, x, a) ↦ ∂y · ∂f/∂x.</typeparam>
public abstract record ParametricSlopeOp<TFn> : TernaryOp<TFn> where TFn : struct, ITernaryFn
{
    /// <inheritdoc/>
    public sealed override Saves Saves => Saves.Inputs;

    /// <summary>∂²f/∂x², composed; null where it is 0.</summary>
    protected abstract Tensor? Bend(Tensor x, Tensor a);

    /// <summary>∂²f/∂x∂a, composed; null where it is 0.</summary>
    protected abstract Tensor? Tilt(Tensor x, Tensor a);

    /// <summary>Linear in ∂y; by x it is ∂y · ∂²f/∂x², by a ∂y · ∂²f/∂x∂a.</summary>
    public sealed override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? Apply(b.Grad, b.X(1), b.X(2)) : null,
        b.Needs(1) && Bend(b.X(1), b.X(2)) is { } bend ? b.Grad * b.X(0) * bend : null,
        b.Needs(2) && Tilt(b.X(1), b.X(2)) is { } tilt ? b.Grad * b.X(0) * tilt : null,
    ];
}
