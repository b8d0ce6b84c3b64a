using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x where x &gt; 0, else a x; lane by lane.</summary>
public readonly struct LeakyReluFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x, V a) where V : unmanaged, ILanes<V> =>
        V.Select(V.Less(V.Const(0), x), x, x * a);
}

/// <summary>y = x where x &gt; 0, else a x.</summary>
public sealed record LeakyReluOp : BinaryOp<LeakyReluFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static LeakyReluOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
    [
        b.Needs(0) ? LeakyReluBackwardOp.Instance.Apply(b.Grad, b.X(0), b.X(1)) : null,
        b.Needs(1) ? b.Grad * b.X(0).Minimum(0) : null,
    ];
}

/// <summary>∂x = ∂y where x &gt; 0, else a ∂y; lane by lane.</summary>
public readonly struct LeakyReluBackwardFn : ITernaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x, V a) where V : unmanaged, ILanes<V> =>
        V.Select(V.Less(V.Const(0), x), g, g * a);
}

/// <summary>The gradient of the leaky rectifier: ∂x = ∂y where x &gt; 0, else a ∂y.</summary>
public sealed record LeakyReluBackwardOp : ParametricSlopeOp<LeakyReluBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static LeakyReluBackwardOp Instance { get; } = new();

    /// <summary>0: both sides are straight.</summary>
    protected override Tensor? Bend(Tensor x, Tensor a) => null;

    /// <summary>1 where x ≤ 0.</summary>
    protected override Tensor Tilt(Tensor x, Tensor a) => (x <= 0).To(x.DType);
}

/// <summary><see cref="LeakyReluOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class LeakyReluOps
{
    extension(Tensor x)
    {
        /// <summary>x where x &gt; 0, else slope · x; elementwise.</summary>
        /// <remarks>Source: Maas, Hannun and Ng (2013), section 2.</remarks>
        /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
        public Tensor LeakyRelu(double negativeSlope = 0.01)
        {
            Require.Finite("LeakyRelu", negativeSlope);
            return Elementwise.Binary(LeakyReluOp.Instance, x, negativeSlope);
        }
    }
}
