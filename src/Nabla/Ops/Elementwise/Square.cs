using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x², lane by lane.</summary>
public readonly struct SquareFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => x * x;
}

/// <summary>y = x².</summary>
public sealed record SquareOp : UnaryOp<SquareFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SquareOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [SquareBackwardOp.Instance.Apply(b.Grad, b.X())];
}

/// <summary>∂x = ∂y · 2x, lane by lane.</summary>
public readonly struct SquareBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x) where V : unmanaged, ILanes<V> => g * (x + x);
}

/// <summary>The gradient of the square: ∂x = ∂y · 2x.</summary>
public sealed record SquareBackwardOp : SlopeOp<SquareBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SquareBackwardOp Instance { get; } = new();

    /// <summary>2.</summary>
    protected override Tensor Bend(Tensor x) => 2;
}

/// <summary><see cref="SquareOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SquareOps
{
    extension(Tensor x)
    {
        /// <summary>x², elementwise.</summary>
        public Tensor Square() => SquareOp.Instance.Apply(x);
    }
}
