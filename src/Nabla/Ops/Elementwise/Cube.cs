using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x³, lane by lane.</summary>
public readonly struct CubeFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => x * x * x;
}

/// <summary>y = x³: what <see cref="PowOps"/> takes for the exponent 3.</summary>
public sealed record CubeOp : UnaryOp<CubeFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static CubeOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [CubeBackwardOp.Instance.Apply(b.Grad, b.X())];
}

/// <summary>∂x = ∂y · 3x², lane by lane.</summary>
public readonly struct CubeBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x) where V : unmanaged, ILanes<V> =>
        g * (V.Const(3) * x * x);
}

/// <summary>The gradient of the cube: ∂x = ∂y · 3x².</summary>
public sealed record CubeBackwardOp : SlopeOp<CubeBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static CubeBackwardOp Instance { get; } = new();

    /// <summary>6x.</summary>
    protected override Tensor Bend(Tensor x) => 6 * x;
}
