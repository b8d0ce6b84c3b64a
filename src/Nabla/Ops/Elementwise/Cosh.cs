using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>(eˣ + e⁻ˣ) / 2, lane by lane.</summary>
public readonly struct CoshFn : IUnaryFn
{
    // Where eˣ would overflow before its half does, e⁴⁴ is taken out: x − 44 is exact.
    internal const double Large = 88;
    internal const double Shift = 44;
    internal const double HalfOfShift = 6425800057179654137.9;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V>
    {
        var size = V.Abs(x);
        var isLarge = V.Less(V.Const(Large), size);
        var half = V.Exp(V.Select(isLarge, size - V.Const(Shift), size))
            * V.Select(isLarge, V.Const(HalfOfShift), V.Const(0.5));
        return V.Fma(V.Const(0.5), V.Exp(-size), half);
    }
}

/// <summary>y = cosh x.</summary>
public sealed record CoshOp : UnaryOp<CoshFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static CoshOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [CoshBackwardOp.Instance.Apply(b.Grad, b.X())];
}

/// <summary>∂x = ∂y · sinh x, lane by lane.</summary>
public readonly struct CoshBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x) where V : unmanaged, ILanes<V> => g * SinhFn.Invoke(x);
}

/// <summary>The gradient of the hyperbolic cosine: ∂x = ∂y · sinh x.</summary>
public sealed record CoshBackwardOp : SlopeOp<CoshBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static CoshBackwardOp Instance { get; } = new();

    /// <summary>cosh x.</summary>
    protected override Tensor Bend(Tensor x) => x.Cosh();
}

/// <summary><see cref="CoshOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class CoshOps
{
    extension(Tensor x)
    {
        /// <summary>(eˣ + e⁻ˣ) / 2, elementwise.</summary>
        public Tensor Cosh() => Elementwise.FloatUnary(CoshOp.Instance, x);
    }
}
