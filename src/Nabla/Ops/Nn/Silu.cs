using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x σ(x), lane by lane.</summary>
public readonly struct SiluFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => x * V.Sigmoid(x);
}

/// <summary>y = x σ(x), σ the sigmoid.</summary>
public sealed record SiluOp : UnaryOp<SiluFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SiluOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [SiluBackwardOp.Instance.Apply(b.Grad, b.X())];
}

/// <summary>∂x = ∂y · s (1 + x (1 − s)), s = σ(x); lane by lane.</summary>
public readonly struct SiluBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x) where V : unmanaged, ILanes<V>
    {
        var s = V.Sigmoid(x);
        return g * s * V.Fma(x, V.Const(1) - s, V.Const(1));
    }
}

/// <summary>The gradient of the SiLU: ∂x = ∂y · s (1 + x (1 − s)), s = σ(x).</summary>
public sealed record SiluBackwardOp : SlopeOp<SiluBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SiluBackwardOp Instance { get; } = new();

    /// <summary>s (1 − s) (2 + x (1 − 2s)).</summary>
    protected override Tensor Bend(Tensor x)
    {
        var s = x.Sigmoid();
        return s * (1 - s) * (2 + x * (1 - 2 * s));
    }
}

/// <summary><see cref="SiluOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SiluOps
{
    extension(Tensor x)
    {
        /// <summary>x · sigmoid(x), elementwise; also called swish.</summary>
        /// <remarks>Source: Elfwing, Uchibe and Doya (2018), section 2.</remarks>
        public Tensor Silu() => Elementwise.FloatUnary(SiluOp.Instance, x);
    }
}
