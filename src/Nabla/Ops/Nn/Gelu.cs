using System.Runtime.CompilerServices;
using Nabla.Autograd;
using Nabla.Autograd.Arithmetic;
using Nabla.Kernels;
using Nabla.Tensors;

namespace Nabla.Ops;

/// <summary>x · Φ(x), lane by lane.</summary>
public readonly struct GeluFn : IUnaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V x) where V : unmanaged, ILanes<V> => x * V.NormalCdf(x, out _);
}

/// <summary>y = x · Φ(x), Φ the distribution function of the standard normal.</summary>
public sealed record GeluOp : UnaryOp<GeluFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static GeluOp Instance { get; } = new();

    /// <inheritdoc/>
    public override Saves Saves => Saves.Inputs;

    /// <inheritdoc/>
    public override Tensor?[] Backward(Backprop b) =>
        [GeluBackwardOp.Instance.Apply(b.Grad, b.X())];
}

/// <summary>∂x = ∂y · (Φ(x) + x φ(x)), lane by lane.</summary>
public readonly struct GeluBackwardFn : IBinaryFn
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Invoke<V>(V g, V x) where V : unmanaged, ILanes<V>
    {
        var below = V.NormalCdf(x, out var bell);
        return g * V.Fma(x, V.Const(0.3989422804014327) * bell, below);
    }
}

/// <summary>The gradient of the GELU: ∂x = ∂y · (Φ(x) + x φ(x)), φ(x) = e^(−x²/2) / √(2π).
/// </summary>
public sealed record GeluBackwardOp : SlopeOp<GeluBackwardFn>
{
    /// <summary>The op: it has no attributes.</summary>
    public static GeluBackwardOp Instance { get; } = new();

    /// <summary>(2 − x²) φ(x).</summary>
    protected override Tensor Bend(Tensor x) =>
        (2 - x.Square()) * (-0.5 * x.Square()).Exp() * (1 / Math.Sqrt(2 * Math.PI));
}

/// <summary><see cref="GeluOp"/> as a member of <see cref="Tensor"/>.</summary>
public static class GeluOps
{
    extension(Tensor x)
    {
        /// <summary>x · Φ(x) = x/2 · (1 + erf(x / √2)), elementwise.</summary>
        /// <param name="approximate"><c>none</c>, or <c>tanh</c> for
        /// x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³))).</param>
        /// <exception cref="ArgumentException">Another word was given.</exception>
        /// <remarks>Source: Hendrycks and Gimpel (2016), section 2.</remarks>
        public Tensor Gelu(string approximate = "none") => approximate switch
        {
            "none" => Elementwise.FloatUnary(GeluOp.Instance, x),
            "tanh" => Elementwise.FloatUnary(GeluTanhOp.Instance, x),
            _ => throw new ArgumentException(
                $"Gelu: approximate is \"none\" or \"tanh\", got \"{approximate}\""),
        };
    }
}
