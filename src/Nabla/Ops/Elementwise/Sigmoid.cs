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
public sealed record SigmoidBackwardOp : SlopeOp<SigmoidBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SigmoidBackwardOp Instance { get; } = new();

    /// <summary>1 − 2y.</summary>
    protected override Tensor Bend(Tensor y) => 1 - 2 * y;
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
