using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>tanh x, lane by lane.</summary>
public readonly struct TanhFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Tanh(x);
}

/// <summary>y = tanh x.</summary>
public sealed record TanhOp : UnaryOp<TanhFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static TanhOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [TanhBackwardOp.Instance.Apply(b.Grad, b.Y())];
}

/// <summary>∂x = ∂y · (1 − y²), lane by lane.</summary>
public readonly struct TanhBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V y) where V : unmanaged, ILanes<V> =>
        g * (V.Const(1) - y * y);
}

/// <summary>The gradient of the hyperbolic tangent from its output: ∂x = ∂y · (1 − y²).</summary>
public sealed record TanhBackwardOp : SlopeOp<TanhBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static TanhBackwardOp Instance { get; } = new();

    /// <summary>−2y.</summary>
    protected override Tensor Bend(Tensor y) => -2 * y;
}

/// <summary><see cref="TanhOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class TanhOps
{
    extension(Tensor x)
    {
        /// <summary>tanh x, elementwise.</summary>
        public Tensor Tanh() => Elementwise.FloatUnary(TanhOp.Instance, x);
    }
}
