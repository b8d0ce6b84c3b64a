using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x/2 · (1 + tanh u) = x σ(2u), u = √(2/π) · (x + 0.044715 x³); lane by lane.</summary>
public readonly struct GeluTanhFn : IUnaryFn
{
    internal const double Scale = 1.5957691216057308;
    internal const double Cubic = 0.044715;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => x * Gate(x, x * x);

    /// <summary>σ(2u), from x and x².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Gate<V>(V x, V square) where V : unmanaged, ILanes<V> => V.Sigmoid(
        x * V.Fma(square, V.Const(Scale * Cubic), V.Const(Scale)));
}

/// <summary>y = x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))), which is close to x · Φ(x).
/// </summary>
public sealed record GeluTanhOp : UnaryOp<GeluTanhFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static GeluTanhOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [GeluTanhBackwardOp.Instance.Apply(b.Grad, b.X())];
}

/// <summary>∂x = ∂y · (s + x s (1 − s) · 2u′), s = σ(2u); lane by lane.</summary>
public readonly struct GeluTanhBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x) where V : unmanaged, ILanes<V>
    {
        // Out there s is 0 or 1, and no infinity may meet 1 − s.
        var square = V.Min(x * x, V.Const(1e4));
        var s = GeluTanhFn.Gate(x, square);
        var slope = V.Fma(square, V.Const(3 * GeluTanhFn.Scale * GeluTanhFn.Cubic),
            V.Const(GeluTanhFn.Scale));
        return g * V.Fma(s * (V.Const(1) - s), x * slope, s);
    }
}

/// <summary>The gradient of <see cref="GeluTanhOp"/>: ∂x = ∂y · (s + x s (1 − s) · 2u′),
/// s = σ(2u), u = √(2/π) · (x + 0.044715 x³).</summary>
public sealed record GeluTanhBackwardOp : SlopeOp<GeluTanhBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static GeluTanhBackwardOp Instance { get; } = new();

    /// <summary>s (1 − s) · (2v′ + x v″ + x (1 − 2s) v′²), v = 2u.</summary>
    protected override Tensor Bend(Tensor x)
    {
        const double scale = GeluTanhFn.Scale, cubic = GeluTanhFn.Cubic;
        var square = x.Square();
        var s = (scale * x * (1 + cubic * square)).Sigmoid();
        var slope = scale * (1 + 3 * cubic * square);
        return s * (1 - s)
            * (2 * slope + 6 * scale * cubic * square + x * (1 - 2 * s) * slope.Square());
    }
}
