using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>(eˣ − e⁻ˣ) / 2, lane by lane, without cancellation near 0.</summary>
public readonly struct SinhFn : IUnaryFn
{
    /// <summary>½ (u + u / (u + 1)), u = e^|x| − 1, with x's sign; large x as for
    /// <see cref="CoshFn"/>, where the quotient no longer counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V>
    {
        var size = V.Abs(x);
        var isLarge = V.Less(V.Const(CoshFn.Large), size);
        var u = V.Expm1(V.Select(isLarge, size - V.Const(CoshFn.Shift), size));
        var quotient = V.Select(isLarge, V.Const(0), u / (u + V.Const(1)));
        var half = V.Fma(u, V.Select(isLarge, V.Const(CoshFn.HalfOfShift), V.Const(0.5)),
            V.Const(0.5) * quotient);
        // Where x²/6 no longer counts, x itself is nearest, and 0 keeps its sign.
        return V.Select(
            V.Less(size, V.Const(1e-8)), x, V.Select(V.Less(x, V.Const(0)), -half, half));
    }
}

/// <summary>y = sinh x.</summary>
public sealed record SinhOp : UnaryOp<SinhFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SinhOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [SinhBackwardOp.Instance.Apply(b.Grad, b.X())];
}

/// <summary>∂x = ∂y · cosh x, lane by lane.</summary>
public readonly struct SinhBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x) where V : unmanaged, ILanes<V> => g * CoshFn.Invoke(x);
}

/// <summary>The gradient of the hyperbolic sine: ∂x = ∂y · cosh x.</summary>
public sealed record SinhBackwardOp : SlopeOp<SinhBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static SinhBackwardOp Instance { get; } = new();

    /// <summary>sinh x.</summary>
    protected override Tensor Bend(Tensor x) => x.Sinh();
}

/// <summary><see cref="SinhOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class SinhOps
{
    extension(Tensor x)
    {
        /// <summary>(eˣ − e⁻ˣ) / 2, elementwise, without cancellation near 0.</summary>
        public Tensor Sinh() => Elementwise.FloatUnary(SinhOp.Instance, x);
    }
}
