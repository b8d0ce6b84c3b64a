using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>1 / (1 + e⁻ˣ), lane by lane.</summary>
public readonly struct SigmoidFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Sigmoid(x);
}

/// <summary>y = 1 / (1 + e⁻ˣ).</summary>
public sealed record SigmoidOp : UnaryOp<SigmoidFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SigmoidOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [SigmoidBackwardOp.Instance.Apply(b.Grad, b.Y())];
}

/// <summary>∂x = ∂y · y · (1 − y), lane by lane.</summary>
public readonly struct SigmoidBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V y) where V : unmanaged, ILanes<V> => g * y * (V.Const(1) - y);
}

/// <summary>The gradient of the sigmoid from its output: ∂x = ∂y · y · (1 − y).</summary>
public sealed record SigmoidBackwardOp : BinaryOp<SigmoidBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SigmoidBackwardOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <summary>Linear in ∂y; by y it is ∂y · (1 − 2y).</summary>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? Apply(b.Grad, b.X(1)) : null,
        b.Needs(1) ? b.Grad * b.X(0) * (1 - 2 * b.X(1)) : null,
    ];
}

/// <summary><see cref="SigmoidOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SigmoidOps
{
    extension(Tensor x)
    {
        /// <summary>1 / (1 + e⁻ˣ), elementwise.</summary>
        public Tensor Sigmoid() => Elementwise.FloatUnary(SigmoidOp.Instance, x);
    }
}
