using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x where x &gt; 0, else α (eˣ − 1); lane by lane.</summary>
public readonly struct EluFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V alpha) where V : unmanaged, ILanes<V> =>
        V.Select(V.Less(V.Const(0), x), x, alpha * V.Expm1(x));
}

/// <summary>y = x where x &gt; 0, else α (eˣ − 1).</summary>
public sealed record EluOp : BinaryOp<EluFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static EluOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? EluBackwardOp.Instance.Apply(b.Grad, b.X(0), b.X(1)) : null,
        b.Needs(1) ? b.Grad * b.X(0).Minimum(0).Expm1() : null,
    ];
}

/// <summary>∂x = ∂y where x &gt; 0, else ∂y · α eˣ; lane by lane.</summary>
public readonly struct EluBackwardFn : ITernaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x, V alpha) where V : unmanaged, ILanes<V> =>
        g * V.Select(V.Less(V.Const(0), x), V.Const(1), alpha * V.Exp(x));
}

/// <summary>The gradient of the ELU: ∂x = ∂y where x &gt; 0, else ∂y · α eˣ.</summary>
public sealed record EluBackwardOp : ParametricSlopeOp<EluBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static EluBackwardOp Instance { get; } = new();

    /// <summary>α eˣ where x ≤ 0.</summary>
    protected override Tensor Bend(Tensor x, Tensor a) => a * Tilt(x, a);

    /// <summary>eˣ where x ≤ 0.</summary>
    protected override Tensor Tilt(Tensor x, Tensor a) =>
        Tensor.Where(x > 0, 0, x.Minimum(0).Exp());
}

/// <summary><see cref="EluOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class EluOps
{
    extension(Tensor x)
    {
        /// <summary>x where x &gt; 0, else α · (eˣ − 1); elementwise.</summary>
        /// <remarks>Source: Clevert, Unterthiner and Hochreiter (2016), section 3.</remarks>
        /// <exception cref="ArgumentOutOfRangeException">α is not finite.</exception>
        public Tensor Elu(double alpha = 1)
        {
            Require.Finite("Elu", alpha);
            return Elementwise.FloatBinary(EluOp.Instance, x, alpha);
        }
    }
}
