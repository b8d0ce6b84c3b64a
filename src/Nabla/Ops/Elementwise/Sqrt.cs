using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>√x, lane by lane.</summary>
public readonly struct SqrtFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => V.Sqrt(x);
}

/// <summary>y = √x.</summary>
public sealed record SqrtOp : UnaryOp<SqrtFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SqrtOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Outputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [SqrtBackwardOp.Instance.Apply(b.Grad, b.Y())];
}

/// <summary>∂x = ∂y / 2y, lane by lane.</summary>
public readonly struct SqrtBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V y) where V : unmanaged, ILanes<V> => g / (y + y);
}

/// <summary>The gradient of the square root from its output: ∂x = ∂y / 2y.</summary>
public sealed record SqrtBackwardOp : SlopeOp<SqrtBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SqrtBackwardOp Instance { get; } = new();

    /// <summary>−1 / 2y².</summary>
    protected override Tensor Bend(Tensor y) => -0.5 / y.Square();
}

/// <summary><see cref="SqrtOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SqrtOps
{
    extension(Tensor x)
    {
        /// <summary>√x, elementwise.</summary>
        public Tensor Sqrt() => Elementwise.FloatUnary(SqrtOp.Instance, x);
    }
}
